import { describe, expect, it } from '@jest/globals';
import { EchoChecker } from '../../../src/lab/checkers/echo.ts';
import { judge, operation } from '../../support/histories/history-builder.ts';

const echo = (value: unknown, answer: unknown, process = 0) =>
  operation('echo', value, { type: 'echo_ok', echo: answer }, [0, 1], { process });

describe('echo', () => {
  it.each([
    ['Please echo 7', 'Please echo 7'],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    ['\ud800', '\ud800'],
    [null, null],
  ])('should take for an echo of %j: %j', (value, answer) => {
    expect(judge(new EchoChecker(), echo(value, answer))).toEqual({ 'valid?': true, errors: [] });
  });

  it.each([
    ['Please echo 7', 'Please echo 8'],
    ['7', 7],
    [
      [1, 2],
      [2, 1],
    ],
    [null, undefined],
  ])('should not take for an echo of %j: %j', (value, answer) => {
    const result = judge(new EchoChecker(), echo(value, answer));
    expect(result['valid?']).toBe(false);
    expect(result.errors).toHaveLength(1);
    expect(result.errors[0]).toContain(`expected a message with :echo ${JSON.stringify(value)}`);
  });

  it('should compare with what the same process has asked', () => {
    const [one, oneAnswered] = echo('one', 'one', 0);
    const [two, twoAnswered] = echo('two', 'two', 1);
    const crossed = [one, two, twoAnswered, oneAnswered] as ReturnType<typeof echo>;
    const inTurn = crossed.map((event, time) => ({ ...event, time }));
    expect(judge(new EchoChecker(), inTurn)).toMatchObject({ 'valid?': true });
  });

  it('should not hold against anybody an answer that never came', () => {
    const unanswered = operation('echo', 'x', undefined, [0, 1]);
    expect(judge(new EchoChecker(), unanswered)).toMatchObject({ 'valid?': true });
  });
});
