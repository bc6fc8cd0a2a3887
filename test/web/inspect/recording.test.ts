import { describe, expect, it } from '@jest/globals';
import type { ViewRecord } from '../../../src/lab/inspect/view-message.ts';
import { Recording } from '../../../src/web/inspect/recording/recording.ts';

const base = (node: string, at: number, session = 'x:0') => ({
  node,
  at,
  sessionId: `${node}/${session}`,
  rootId: `${node}/x:0`,
});
const actor = (node: string, at: number, session?: string) =>
  ({
    ...base(node, at, session),
    type: '@xstate.actor',
    name: 'm',
    chart: 0,
    snapshot: {},
  }) as unknown as ViewRecord;
const event = (node: string, at: number, src: string, body: object) =>
  ({
    ...base(node, at),
    type: '@xstate.event',
    event: { type: (body as { type: string }).type, src, dest: node, body },
  }) as unknown as ViewRecord;
const snapshot = (node: string, at: number, value: string, rest: object = {}, session?: string) =>
  ({
    ...base(node, at, session),
    type: '@xstate.snapshot',
    event: { type: 'e' },
    snapshot: { status: 'active', value },
    transitions: [],
    sent: [],
    known: null,
    ...rest,
  }) as unknown as ViewRecord;
const sends = (src: string, dest: string, ...bodies: object[]) => ({
  sent: bodies.map((body) => ({ src, dest, body })),
});

function recordingOf(records: ViewRecord[]): Recording {
  const recording = new Recording();
  for (const record of records) recording.add(record);
  return recording;
}

const stateAt = (recording: Recording, node: string, position: number) => {
  const track = recording.actor(`${node}/x:0`);
  return track && (recording.snapshotOf(track, position)?.snapshot as { value?: string })?.value;
};

describe('a recording', () => {
  const records = [
    actor('n0', 0),
    snapshot('n0', 1, 'a', { known: 0 }),
    actor('n1', 2),
    snapshot('n0', 3, 'b', { known: 1, event: { type: 'broadcast', body: { message: 7 } } }),
    snapshot('n1', 4, 'a', { known: 0 }),
    { type: 'node.gone', node: 'n1', at: 5 } as ViewRecord,
    actor('n1', 6),
    snapshot('n1', 7, 'c', { known: 1 }),
  ];

  it('should know the state of every node at every moment', () => {
    const recording = recordingOf(records);
    const states = records.map((_, position) => [
      stateAt(recording, 'n0', position),
      stateAt(recording, 'n1', position),
    ]);
    expect(states).toEqual([
      [undefined, undefined],
      ['a', undefined],
      ['a', undefined],
      ['b', undefined],
      ['b', 'a'],
      ['b', 'a'],
      ['b', 'a'],
      ['b', 'c'],
    ]);
    expect(recording.previousOf(7)).toMatchObject({ snapshot: { value: 'a' } });
  });

  it('should know when nodes were there, and what they and the cluster knew', () => {
    const recording = recordingOf(records);
    const n1 = recording.nodes.get('n1') as never;
    const alive = records.map((_, position) => recording.isAlive(n1, position));
    expect(alive).toEqual([false, false, true, true, true, false, true, true]);
    expect([2, 3, 7].map((position) => recording.knownInAll(position))).toEqual([0, 1, 1]);
    expect(recording.knownOf(n1, 4)).toBe(0);
    expect(recording.knownOf(n1, 7)).toBe(1);
  });

  it('should find moments by their time', () => {
    const recording = recordingOf(records);
    expect(recording.secondsAt(4)).toBeCloseTo(0.004);
    expect(recording.positionAt(0.0045)).toBe(4);
    expect(recording.positionAt(-1)).toBe(0);
    expect(recording.positionAt(99)).toBe(7);
  });

  it('should show the actors of a life, as long as they are active', () => {
    const recording = recordingOf([
      actor('n0', 0),
      actor('n0', 1, 'x:1'),
      snapshot('n0', 2, 'q', {}, 'x:1'),
      snapshot('n0', 3, 'q', { snapshot: { status: 'stopped' } }, 'x:1'),
      actor('n0', 4, 'x:2'),
      { type: 'node.gone', node: 'n0', at: 5 } as ViewRecord,
      actor('n0', 6),
    ]);
    const node = recording.nodes.get('n0') as never;
    const shown = [1, 2, 3, 4, 6].map((position) =>
      recording.actorsOf(node, position).map(({ sessionId }) => sessionId.slice(5)),
    );
    expect(shown).toEqual([['0', '1'], ['0', '1'], ['0'], ['0', '2'], ['0']]);
  });

  it('should keep the state of things when it forgets old records', () => {
    const recording = recordingOf(records);
    const newest = recording.withNewest(2);
    expect(newest.end).toBe(recording.end);
    const last = newest.end - 1;
    expect(stateAt(newest, 'n0', last)).toBe('b');
    expect(stateAt(newest, 'n1', last)).toBe('c');
    expect(newest.secondsAt(last)).toBe(recording.secondsAt(last));
    expect(newest.at(last)).toBe(recording.at(last));
    expect(recording.withNewest(0).end).toBe(recording.end);
  });
});

describe('messages in a recording', () => {
  const known = { type: 'gossip', known: [1] };

  it('should lead from where they were sent to what they caused', () => {
    const { messages, ...recording } = recordingWith([
      snapshot('n0', 10, 's', sends('n0', 'n1', known)),
      event('n1', 15, 'n0', known),
      snapshot('n1', 16, 'r'),
    ]);
    expect(messages.length).toBe(1);
    expect(messages.receivedAt[0]).toBeCloseTo(0.015);
    expect(recording.all.reactionToMessage(0)).toBe(4);
    expect(recording.all.messagesSentAt(2)).toEqual([0]);
  });

  it('should tell apart those that are alike by how long messages travel', () => {
    const { messages } = recordingWith([
      snapshot('n0', 10, 's', sends('n0', 'n1', known)),
      event('n1', 15, 'n0', known),
      snapshot('n0', 110, 's', sends('n0', 'n1', known)), // this one is lost
      snapshot('n0', 210, 's', sends('n0', 'n1', known)),
      event('n1', 215, 'n0', known),
    ]);
    expect(messages.isMissing(1)).toBe(true);
    expect(messages.receivedAt[2]).toBeCloseTo(0.215);
  });

  it('should bear it that they come twice, or before they are told to have been sent', () => {
    const { messages } = recordingWith([
      snapshot('n0', 10, 's', sends('n0', 'n1', known)),
      event('n1', 15, 'n0', known),
      event('n1', 20, 'n0', known),
      event('n0', 29.9, 'n1', { type: 'gossip', known: [2] }),
      snapshot('n1', 30, 's', sends('n1', 'n0', { type: 'gossip', known: [2] })),
    ]);
    expect(messages.length).toBe(2);
    expect(messages.again.get(0)).toEqual([0.02]);
    expect(messages.receivedAt[1]).toBeCloseTo(0.03);
  });

  it('should come from clients, which tell nothing themselves', () => {
    const { messages } = recordingWith([event('n0', 10, 'c1', { type: 'read', msg_id: 1 })]);
    expect([messages.length, messages.sentAt[0], messages.receivedAt[0]]).toEqual([1, 0.01, 0.01]);
  });

  function recordingWith(records: ViewRecord[]) {
    const all = recordingOf([actor('n0', 0), actor('n1', 0), ...records]);
    return { all, messages: all.messages };
  }
});

describe('instants in what nodes remember', () => {
  it('should be times of the run, when the nodes’ clock counts from 1970', () => {
    const begin = 1_764_292_365_000;
    const recording = recordingOf([actor('n0', begin)]);
    expect(recording.momentOf(begin + 3250.5)).toBe(3.2505);
    expect(recording.momentOf(7)).toBeUndefined();
    expect(recording.momentOf(begin - 1e10)).toBeUndefined();
  });

  it('should be left as they are in simulated time, which begins with the run', () => {
    expect(recordingOf([actor('n0', 0)]).momentOf(3)).toBeUndefined();
  });
});
