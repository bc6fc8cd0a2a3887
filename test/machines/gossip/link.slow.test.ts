import { beforeAll, describe, expect, it } from '@jest/globals';
import Schema from 'typebox/schema';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, SnapshotFrom } from 'xstate';
import { getAdjacencyMap, getShortestPaths, getStateNodes } from 'xstate/graph';
import { acknowledgementDue } from '../../../machines/gossip/link/heard.ts';
import type { LinkInput, LinkState, Relation } from '../../../machines/gossip/link/link-state.ts';
import { hasNews } from '../../../machines/gossip/link/telling.ts';
import { isAsking, isExpecting } from '../../../machines/gossip/link/told.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import {
  createLinkMachine,
  type LinkEvent,
  type LinkReport,
} from '../../../machines/gossip/link/link.ts';
import { EntryLog } from '../../../machines/values/entry-log.ts';
import { type DeltaBody, DeltaMessage } from '../../../machines/gossip/link/delta.ts';
import { runs } from '../../support/runs.ts';

/** A message holds one value, and two may be under way. */
const tunables = { ...tunablesFor(500), maxValuesPerMessage: 1, maxValuesInFlight: 2 };
const linkMachine = createLinkMachine(tunables);

type Snapshot = SnapshotFrom<typeof linkMachine>;
type Told = Extract<LinkReport, { type: 'link.tell' }>;

/** How many entries the node, and the peer, come to know by themselves. */
const ownEntries: Record<Relation, number> = { parent: 2, child: 2, route: 1 };
const PEER_ENTRIES = 1;
/** Paths end after so many messages to the peer: a route goes on until its end is suspected, and rests. */
const maxMessages: Record<Relation, number> = { parent: runs(2, 4), child: runs(3, 4), route: 4 };
const [OWN_ORIGIN, PEER_ORIGIN] = ['n0:10', 'n1:20'];

const inputFor = (relation: Relation): LinkInput => ({
  nodeId: 'n0',
  id: 10,
  peer: 'n1',
  relation,
  levelsBelow: relation === 'child' ? 1 : 0,
  height: 1,
  routeWaitMs: 100,
  log: EntryLog.empty.append(OWN_ORIGIN, 'own 1', null),
  now: 1000,
});

/** The log of these links is one of values. */
const logOf = ({ log }: LinkState) => log as EntryLog;

/** What the peer says next: it has seen all messages and acknowledges all news, but as `parts` say. */
function heard(context: LinkState, parts: Partial<DeltaBody> = {}, afterMs = 1): LinkEvent {
  const { id, told, heard: known, now } = context;
  const body: DeltaBody = {
    type: 'delta',
    id: known.id ?? 20,
    no: known.no + 1,
    ...(told.no > 0 && { of: id }),
    seen: told.no,
    held: 0,
    ack: told.upTo,
    route: true,
    ...parts,
  };
  const teller = `n1:${body.id}`;
  const log = (body.news ?? []).reduce(
    (sofar, run) => sofar.appendRun(run.origin, run.first, run.values, teller),
    context.log,
  );
  const { worstLatencyMs, promise, keepsRhythm } = context.timed;
  return { type: 'heard', body, at: now + afterMs, log, worstLatencyMs, promise, keepsRhythm };
}

/** The messages that the peer may send, given what the node has told it. */
function messagesOf(context: LinkState): LinkEvent[] {
  const { told, heard: known, id, relation } = context;
  const log = logOf(context);
  const count = log.count(PEER_ORIGIN);
  const news = { news: [{ origin: PEER_ORIGIN, first: count + 1, values: [`peer ${count + 1}`] }] };
  return [
    heard(context),
    heard(context, { ack: Math.min(told.upTo, told.acked + 1) }),
    // The last message is still on its way.
    heard(context, { seen: Math.max(0, told.no - 1), ack: Math.min(told.upTo, told.acked + 1) }),
    heard(context, { seen: Math.max(0, told.no - 1), ack: told.acked }, 5000),
    heard(context, { seen: 0, ack: 0, ask: true }),
    heard(context, { no: Math.max(1, known.no), ask: true }),
    heard(context, { repair: true, ack: 0 }),
    heard(context, { ask: true, have: {}, size: 0, ack: 0 }),
    heard(context, { have: { [OWN_ORIGIN]: '1', [PEER_ORIGIN]: '1-2' }, size: 3, ack: 0 }),
    heard(context, { after: known.upTo + 1, upTo: known.upTo + 2, news: [] }),
    // What was heard before.
    ...(known.owedSince === null ? [] : [heard(context, { after: 0, upTo: 0, news: [] })]),
    ...(count < PEER_ENTRIES
      ? [heard(context, { after: known.upTo, upTo: known.upTo + 1, age: 5, ...news })]
      : []),
    ...(relation === 'parent' ? [heard(context, { next: 50, period: 200 })] : []),
    ...(relation === 'route' ? [heard(context, { route: false })] : []),
    ...(known.id === 20 ? [heard(context, { id: 21, no: 1, of: id, ack: 0 })] : []),
    ...(known.id === 21 ? [heard(context, { id: 20, ask: true })] : []),
  ];
}

/** Everything that may happen to a link now: all timers, too. */
function eventsOf({ context, _nodes }: Snapshot): LinkEvent[] {
  const { now, relation, told } = context;
  const log = logOf(context);
  const known = log.count(OWN_ORIGIN);
  const news = (bornAt: number): LinkEvent => ({
    type: 'news',
    log: log.append(OWN_ORIGIN, `own ${known + 1}`, null),
    at: now + 1,
    bornAt,
    worstLatencyMs: 20,
    promise: null,
    keepsRhythm: true,
  });
  const timers = _nodes.flatMap((node) => node.after.map(({ eventType }) => eventType));
  return [
    ...(known < ownEntries[relation] ? [news(now), news(now - 400)] : []),
    ...messagesOf(context),
    { type: 'sync', at: now + 1 },
    ...(relation === 'route' ? [{ type: 'want' as const, wanted: !told.wants, at: now + 1 }] : []),
    ...[...new Set(timers)].map((type) => ({ type }) as unknown as LinkEvent),
  ];
}

/** Whether more has come since the timer of the acknowledgement was set. */
const isHearingMore = ({ heard: known, timed }: LinkState) =>
  known.owedSince !== null && acknowledgementDue(known, tunables) > timed.acknowledgeAt;

/** What tells two states apart: what there is to do, and not since when or how often. */
function serializeState({ value, context }: Snapshot): string {
  const { told, heard: known, timed } = context;
  const log = logOf(context);
  return JSON.stringify({
    value,
    known: [log.count(OWN_ORIGIN), log.count(PEER_ORIGIN)],
    telling: [told.scanned < log.size, told.upTo > told.acked, timed.dueAt === null],
    asking: [isAsking(told), Math.min(told.tries, tunables.triesBeforeSuspicion)],
    isTellingOn: timed.toldAt > timed.expectingSince,
    syncing: [told.mustSync, known.isSyncing, told.isAcquainted],
    owing: [known.owedSince === null, known.asked, known.missing, isHearingMore(context)],
    use: [told.wants, known.wants],
    peer: [known.id, timed.rhythm === null],
  });
}

const traversalOf = (relation: Relation) => ({
  input: inputFor(relation),
  events: eventsOf,
  serializeState,
  serializeEvent: (event: LinkEvent) => JSON.stringify({ ...event, log: null }),
  stopWhen: ({ context }: Snapshot) => context.told.no >= maxMessages[relation],
  limit: Infinity,
});

interface Step {
  from: Snapshot;
  event: LinkEvent;
  to: Snapshot;
  reports: LinkReport[];
}

/** The shipped machine, but that it writes down each transition it takes, and what it reports. */
function observe(
  taken: Set<AnyTransitionDefinition>,
  steps: Step[],
  looks: Map<Snapshot, string>,
): AnyStateMachine {
  return Object.assign(Object.create(linkMachine), {
    transition: (...[from, event, scope]: Parameters<typeof linkMachine.transition>) => {
      const reports: LinkReport[] = [];
      const _sendInspectionEvent = (inspected: { _transitions?: AnyTransitionDefinition[] }) => {
        for (const transition of inspected._transitions ?? []) taken.add(transition);
      };
      const system = { ...scope.system, _sendInspectionEvent } as typeof scope.system;
      const actionExecutor: typeof scope.actionExecutor = ({ type, params }) => {
        if (type === 'xstate.sendTo') reports.push((params as { event: LinkReport }).event);
      };
      const self = { ...scope.self, _parent: scope.self } as typeof scope.self;
      const to = linkMachine.transition(from, event, { ...scope, self, system, actionExecutor });
      steps.push({ from, event, to, reports });
      if (!looks.has(from)) looks.set(from, JSON.stringify(from.context));
      return to;
    },
  });
}

const stateNodes: AnyStateNode[] = [
  linkMachine.root as AnyStateNode,
  ...(getStateNodes(linkMachine) as AnyStateNode[]),
];
const tellings = (reports: readonly LinkReport[]) =>
  reports.filter((report): report is Told => report.type === 'link.tell');
const isMessage = (event: LinkEvent): event is Extract<LinkEvent, { type: 'heard' }> =>
  event.type === 'heard';

describe('the config of the link machine', () => {
  it('should be plain data: the same after a round trip through JSON', () => {
    const { config } = linkMachine;
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });
});

describe('exploring every state of a link', () => {
  const relations = ['parent', 'child', 'route'] as const;
  const taken = new Set<AnyTransitionDefinition>();
  const steps: Step[] = [];
  /** The states of each relation, and what each looked like when it was found. */
  const visited: Record<Relation, Snapshot[]> = { parent: [], child: [], route: [] };
  const looks = new Map<Snapshot, string>();

  beforeAll(() => {
    for (const relation of relations) {
      const map = getAdjacencyMap(observe(taken, steps, looks), traversalOf(relation));
      visited[relation] = Object.values(map).map(({ state }) => state as unknown as Snapshot);
    }
  });

  it('should visit as many distinct states as the alphabet can tell apart', () => {
    const [parent, child, route] = relations.map((relation) => visited[relation].length);
    expect(parent).toBeGreaterThan(300);
    expect(child).toBeGreaterThan(500);
    expect(route).toBeGreaterThan(1000);
  });

  it('should enter every state node and take every transition', () => {
    const entered = new Set(relations.flatMap((r) => visited[r].flatMap(({ _nodes }) => _nodes)));
    expect(stateNodes.filter((node) => !entered.has(node as never)).map(({ id }) => id)).toEqual(
      [],
    );
    const all = stateNodes.flatMap((node) => [
      ...[...node.transitions.values()].flat(),
      ...(node.always ?? []),
    ]);
    const missed = all.filter((transition) => !taken.has(transition));
    expect(
      missed.map(
        ({ source, eventType, guard }) => `${source.id} on ${eventType} if ${String(guard)}`,
      ),
    ).toEqual([]);
    expect(taken.size).toBe(all.length);
  });

  it('should have a shortest path to each state, and suspect nobody who was not asked in vain', () => {
    const paths = getShortestPaths(observe(new Set(), [], new Map()), traversalOf('child'));
    expect(paths).toHaveLength(visited.child.length);
    const suspicious = paths.filter(({ state }) => state.matches('suspect'));
    const unasked = suspicious.filter(
      ({ state: { context } }) => context.told.tries < tunables.triesBeforeSuspicion,
    );
    expect(unasked).toEqual([]);
    const timers = suspicious.map(
      ({ steps: path }) => path.filter(({ event }) => event.type.includes('after')).length,
    );
    expect(Math.min(...timers)).toBe(tunables.triesBeforeSuspicion);
  });

  it('should keep its positions in order', () => {
    const disorderly = steps.filter(({ to: { context } }) => {
      const { acked, upTo, scanned } = context.told;
      return !(0 <= acked && acked <= upTo && upTo <= scanned && scanned <= context.log.size);
    });
    expect(disorderly).toEqual([]);
  });

  it('should take back what was acknowledged only when the peer says so itself', () => {
    const back = steps.filter(({ from, to }) => to.context.told.acked < from.context.told.acked);
    const reasons = back.map(({ from: { context }, event }) => {
      if (!isMessage(event)) return event.type;
      const { body } = event;
      if (body.id !== context.heard.id) return 'restart';
      return body.have ? 'inventory' : body.repair && 'repair';
    });
    expect(new Set(reasons)).toEqual(new Set(['restart', 'inventory', 'repair']));
  });

  it('should set no timer when there is nothing to do, and have something to do when it does', () => {
    const wrong = steps.filter(({ to }) => {
      const { told, heard: known } = to.context;
      const isOwing = known.owedSince !== null;
      // Whether a parent is still there is looked after all the time.
      const isChild = to.context.relation === 'parent';
      const isBusy = isChild || isExpecting(told) || isOwing || hasNews(to.context, tunables);
      const isWaiting = to._nodes.some(({ after }) => after.length > 0);
      return known.asked || (to.matches('trusted') && isWaiting !== isBusy);
    });
    expect(wrong).toEqual([]);
    expect(steps.filter(({ to }) => to.matches({ suspect: 'resting' })).length).toBeGreaterThan(0);
  });

  it('should never change what an earlier snapshot shows', () => {
    const changed = [...looks].filter(([{ context }, look]) => JSON.stringify(context) !== look);
    expect(changed).toEqual([]);
  });

  it('should write only messages that are deltas, numbered without a gap', () => {
    const validator = Schema.Compile(DeltaMessage);
    const wrong = steps.filter(({ from, to, reports }) => {
      const bodies = tellings(reports).map(({ body }) => body);
      const isNumbered = bodies.every(({ no }, index) => no === from.context.told.no + 1 + index);
      const isCounted = to.context.told.no === from.context.told.no + bodies.length;
      return !isNumbered || !isCounted || !bodies.every((body) => validator.Check(body));
    });
    expect(wrong).toEqual([]);
  });

  it('should tell what it knows, a message full at a time, and nothing that it had from the peer', () => {
    const wrong = steps.filter(({ to: { context }, reports }) =>
      tellings(reports).some(({ body: { news = [] } }) => {
        const values = news.flatMap((run) => run.values);
        const isKnown = values.every((value) => logOf(context).values.has(value));
        const isGivenBack =
          context.heard.id === 20 && context.told.backlog === null && values.includes('peer 1');
        return !isKnown || isGivenBack || values.length > tunables.maxValuesPerMessage;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('should tell nothing that is in the inventory that the peer has just sent', () => {
    const answers = steps.filter(({ event }) => isMessage(event) && event.body.have);
    for (const { event, reports } of answers) {
      const { have = {} } = (event as { body: DeltaBody }).body;
      const had = EntryLog.empty.appendRun(OWN_ORIGIN, 1, have[OWN_ORIGIN] ? ['own 1'] : [], null);
      const told = tellings(reports).flatMap(({ body }) => body.news ?? []);
      expect(told.flatMap(({ values }) => values).filter((value) => had.values.has(value))).toEqual(
        [],
      );
    }
    expect(answers.flatMap(({ reports }) => tellings(reports)).length).toBeGreaterThan(100);
  });

  it('should tell a peer that it suspects nothing but what it asks, or is asked', () => {
    const sent = steps.filter(
      ({ from, to, reports }) =>
        from.matches('suspect') && to.matches('suspect') && tellings(reports).length > 0,
    );
    for (const { event, reports } of sent) {
      const [{ body }] = tellings(reports) as [Told];
      const isProbe = body.ask === true && body.news === undefined;
      const isAnswer = isMessage(event) && event.body.ask === true;
      expect(isProbe || isAnswer).toBe(true);
    }
    expect(sent.length).toBeGreaterThan(100);
  });

  it('should answer a message that came twice no more than once', () => {
    const again = steps.filter(
      ({ from: { context }, event }) =>
        isMessage(event) &&
        event.body.id === context.heard.id &&
        event.body.no === context.heard.noTold &&
        context.heard.no === context.heard.noTold &&
        event.body.ask &&
        !event.body.have,
    );
    const answered = again.filter(
      ({ from, reports }) =>
        from.matches('trusted') &&
        from.context.timed.dueAt === null &&
        tellings(reports).length > 0,
    );
    expect(answered).toEqual([]);
    expect(again.length).toBeGreaterThan(100);
  });

  it('should report suspicion, trust and the end of a sync exactly when they begin', () => {
    const wrong = steps.filter(({ from, to, reports }) => {
      const types = new Set(reports.map(({ type }) => type));
      const isEnd = from.context.heard.isSyncing && !to.context.heard.isSyncing;
      const [was, is] = [from.matches('suspect'), to.matches('suspect')];
      return (
        types.has('link.synced') !== isEnd ||
        types.has('link.suspected') !== (!was && is) ||
        types.has('link.trusted') !== (was && !is)
      );
    });
    expect(wrong).toEqual([]);
  });
});
