import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { defineNode, defineProtocol, request, setupNode, Type } from 'maelstate';
import { programOf } from '../../../src/runtime/options/command-line.ts';

const protocol = defineProtocol({ go: request() });
const machine = setupNode({ protocol }).createMachine({ id: 'my-node' });
let seen: Record<string, unknown> = {};
const definition = defineNode({
  description: 'A node to set up.',
  protocol,
  options: {
    batchSize: Type.Integer({ minimum: 1, default: 10, description: 'how many at once' }),
    ratio: Type.Number({ minimum: 0, maximum: 1, default: 0.5 }),
    mode: Type.Enum(['fast', 'safe'], { default: 'safe' }),
    label: Type.String({ maxLength: 3, default: '' }),
    verbose: Type.Boolean({ default: false }),
  },
  machine: (options) => {
    seen = options;
    return machine;
  },
});

describe("a node's command line", () => {
  const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const out = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  afterEach(() => {
    write.mockClear();
    delete process.env.MY_NODE_BATCH_SIZE;
  });

  it('should give what the schemas say', () => {
    expect(programOf(definition, [])).toMatchObject({ name: 'my-node', machine });
    expect(seen).toEqual({ batchSize: 10, ratio: 0.5, mode: 'safe', label: '', verbose: false });
  });

  it('should take flags, then environment variables', () => {
    process.env.MY_NODE_BATCH_SIZE = '3';
    programOf(definition, ['--ratio', '0.25', '--mode', 'fast', '--verbose']);
    expect(seen).toMatchObject({ batchSize: 3, ratio: 0.25, mode: 'fast', verbose: true });
    programOf(definition, ['--batch-size', '4']);
    expect(seen).toMatchObject({ batchSize: 4 });
  });

  it.each([
    [['--batch-size', '0'], /--batch-size.*must be a whole number at least 1/],
    [['--batch-size', '1.5'], /--batch-size.*must be a whole number at least 1/],
    [['--ratio', 'much'], /--ratio.*must be a number at least 0 and at most 1/],
    [['--mode', 'odd'], /--mode.*Allowed choices are fast, safe/],
    [['--label', 'long'], /--label.*must not have more than 3 characters/],
    [['--unheard'], /unknown option '--unheard'/],
  ])('should refuse %j and say why', (args, text) => {
    expect(() => programOf(definition, args)).toThrow(/invalid|unknown/);
    expect(write.mock.calls.join('')).toMatch(text);
  });

  it('should explain itself', () => {
    expect(() => programOf(definition, ['--help'])).toThrow('(outputHelp)');
    const help = out.mock.calls.join('');
    expect(help).toMatch(/A node to set up/);
    expect(help).toMatch(
      /--batch-size <integer>\s+how many at once \(default: 10, env:\s+MY_NODE_BATCH_SIZE\)/,
    );
  });
});
