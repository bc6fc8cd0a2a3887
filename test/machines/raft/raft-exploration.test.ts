import { describe, expect, it } from '@jest/globals';
import type { SnapshotFrom } from 'xstate';
import { registersSpec } from '../../../machines/lin-kv/lin-kv.ts';
import { nothingApplied } from '../../../machines/raft/state/applied.ts';
import { isAnythingNew, isAnythingWaiting } from '../../../machines/raft/roles/clients.ts';
import { hasHeardLately } from '../../../machines/raft/roles/elections.ts';
import { type Entry, RaftLog } from '../../../machines/raft/state/log.ts';
import { createRaftMachine } from '../../../machines/raft/machine.ts';
import type { RaftState } from '../../../machines/raft/state/raft-state.ts';
import { createReplicaMachine, type ReplicaState } from '../../../machines/raft/replica.ts';
import { defaultTunables } from '../../../machines/raft/tunables.ts';
import { ExploredMachine } from '../../support/charts/explored-machine.ts';
import { some } from '../../support/runs.ts';

const START = 1000;

/** The messages that a node `n0` may get, by type; those of peers come from `n1`. */
function messages(src: string, at: number, bodies: [string, object][]) {
  return bodies.map(([type, body]) => ({ type, src, dest: 'n0', at, body: { type, ...body } }));
}

const init = (...ids: string[]) => ({
  ...messages('c0', START, [['init', { msg_id: 1, node_id: 'n0', node_ids: ids }]])[0],
  seed: 1,
});
const hello = (settled: boolean) => ({ start: 5, asks: true, settled, of: 0 });
const append = (term: number, ...entries: Entry[]) => ({
  term,
  prev: 0,
  prevTerm: 0,
  entries,
  commit: entries.length,
  round: 1,
});
const asked = { last: 9, lastTerm: 9 };
const timers = (...names: string[]) => names.map((name) => ({ type: `xstate.after.${name}` }));

const asMember = { membership: { since: 1, standing: 'member', starts: {} } };

const alphabet = [
  init('n0', 'n1', 'n2'),
  init('n0'),
  { ...init('n0', 'n1', 'n2'), kept: { incarnation: START - 1, records: [asMember] } },
  ...messages('c1', START, [
    ['read', { msg_id: 2, key: 1 }],
    ['write', { msg_id: 3, key: 1, value: 2 }],
    ['cas', { msg_id: 4, key: 1, from: 2, to: 3 }],
  ]),
  ...messages('n1', START, [
    ['hello', hello(false)],
    ['hello', hello(true)],
    ['vote_request', { term: 1, pre: true, ...asked }],
    ['append', append(0)],
    ['append', append(1)],
    ['append', append(1, { term: 1, joins: 'n0', start: START })],
    ['append', append(9)],
    ['snapshot', snapshot(0, 0)],
    ['snapshot', snapshot(9, 3)],
    ['proceed', { term: 1, commit: 1, start: START, reads: 1, index: 0 }],
    ['forward', { start: 5, commands: [], reads: 1 }],
    ['appended', { term: 1, round: 9, ok: true, match: 1 }],
    ['appended', { term: 9, round: 9, ok: false, match: 0 }],
    ...[1, 2].flatMap((term): [string, object][] => [
      ['vote', { term, pre: true, granted: true }],
      ['vote', { term, pre: false, granted: true }],
    ]),
    ['vote', { term: 9, pre: true, granted: false }],
  ]),
  ...messages('n2', START, [['hello', hello(false)]]),
  // Long after a leader was last heard of.
  ...messages('n2', 99 * START, [
    ['vote_request', { term: 9, pre: true, ...asked }],
    ['vote_request', { term: 0, pre: false, ...asked }],
    ['vote_request', { term: 9, pre: false, ...asked }],
  ]),
  ...['init', 'read'].map((requestType) => ({
    type: 'request.invalid',
    src: 'c1',
    dest: 'n0',
    body: { msg_id: 5 },
    requestType,
    code: 12,
    text: 'malformed',
  })),
  { type: 'message.unexpected', text: 'what?' },
  { type: 'input.end' },
  ...timers(
    'hello.lin-kv.running.role.joining',
    'electionTimeout.lin-kv.running.role.follower.waiting',
    'electionTimeout.lin-kv.running.role.candidate.canvassing',
    'electionTimeout.lin-kv.running.role.candidate.standing',
    'quorumCheck.lin-kv.running.role.leader.leading',
    'tick.lin-kv.running.requests.patience.waiting.ticking',
    'gathering.lin-kv.running.requests.passing.gathering',
  ),
];

function snapshot(term: number, index: number) {
  return { term, round: 1, index, lastTerm: term, state: [], sessions: {}, joined: {} };
}

/** What the disk may say: that all is on it, that all but the last is, or that it fails. */
function fromDisk({ context }: { context: unknown }) {
  const { disk, storing } = context as RaftState;
  const { appended, synced } = storing;
  if (!disk) return [];
  const counts = [appended, appended - 1].filter((upTo) => upTo >= synced);
  const synceds = counts.map((upTo) => ({ type: 'disk.synced', upTo, at: START }));
  return [...synceds, { type: 'disk.failed', problem: 'full', at: START }];
}

/** What a state is told apart by: not all that a node remembers, for that has no end. */
function serializeState({ value, context }: { value: unknown; context: RaftState }): string {
  const { disk, stable, storing, leader, lead, votes, consenting, nodeIds } = context;
  return JSON.stringify([
    value,
    Math.min(stable.term, 2),
    stable.membership.standing,
    disk !== null,
    storing.held.size > 0,
    leader,
    lead?.heard.length,
    votes.length,
    consenting.length,
    nodeIds.length,
    isAnythingWaiting(context),
    isAnythingNew(context),
    hasHeardLately(context),
  ]);
}

type RaftMachine = ReturnType<typeof createRaftMachine>;

describe('exploring a node', () => {
  const machines = { 'that passes on at once': 0, 'that gathers': 20 };

  it.each(some(Object.entries(machines), 1))('%s should take every transition', (_, gatherMs) => {
    const explored = new ExploredMachine(
      createRaftMachine({ ...registersSpec, tunables: { gatherMs } }),
    );
    const states = explored.explore({
      events: (state: SnapshotFrom<RaftMachine>) => [...alphabet, ...fromDisk(state)],
      serializeState,
    }) as SnapshotFrom<RaftMachine>[];
    expect(explored.missed()).toEqual([]);
    for (const state of states) {
      const context = state.context as unknown as RaftState;
      if (state.status !== 'active') continue;
      expect(context.lead !== null).toBe(state.matches({ running: { role: 'leader' } } as never));
      expect(context.applied.index).toBe(context.commit);
      const { synced, appended, held } = context.storing;
      expect(state.matches({ running: { storing: 'syncing' } } as never)).toBe(synced < appended);
      expect(held.size > 0).toBe(synced < appended);
      const replicas = Object.keys(state.children).filter((id) => id.startsWith('replica.'));
      expect(replicas).toHaveLength(context.lead ? context.nodeIds.length - 1 : 0);
    }
  });
});

const log = RaftLog.after(3, 1).append([{ term: 1 }, { term: 2 }]);
const applied = { ...nothingApplied(registersSpec.service), index: 4, term: 1 };
const tidings = { log, commit: 4, applied, round: 2 };
const answered = { ...tidings, type: 'answered' as const, answered: 2 };

describe('exploring a replica', () => {
  it.each([0, 20])('that gathers for %i ms should take every transition', (gatherMs) => {
    const tunables = { ...defaultTunables, gatherMs };
    const explored = new ExploredMachine(createReplicaMachine(registersSpec.service, tunables));
    const states = explored.explore({
      input: { nodeId: 'n0', peer: 'n1', term: 2, isEarly: true, ...tidings },
      events: [
        { ...tidings, type: 'news', urgent: true },
        { ...tidings, type: 'news', round: 3, urgent: false },
        { type: 'lost' },
        { ...answered, ok: true, match: 4 },
        { ...answered, ok: true, match: 5 },
        { ...answered, ok: false, match: 4 },
        { ...answered, ok: false, match: 3 },
        { ...answered, ok: false, match: 1 },
        ...timers(
          'heartbeat.replica.probing.asking',
          'heartbeat.replica.replicating',
          'gathering.replica.replicating.gathering',
          'snapshotRetry.replica.snapshotting',
        ),
      ],
      serializeState: ({ value, context }: { value: unknown; context: ReplicaState }) => {
        const { next, match, inFlight, isUrgent, hasAnswered } = context;
        return JSON.stringify([value, next, match, inFlight.length, isUrgent, hasAnswered]);
      },
    });
    expect(explored.missed()).toEqual([]);
    for (const { context } of states as { context: ReplicaState }[]) {
      expect(context.next).toBeGreaterThan(context.match);
      expect(context.next).toBeLessThanOrEqual(context.log.last + 1);
    }
  });
});
