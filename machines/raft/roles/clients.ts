import type { Body } from 'maelstate';
import { writeOwn } from './leading.ts';
import type { Asked, RaftState, WaitingRequest } from '../state/raft-state.ts';
import type { Step } from './step.ts';

/** A client's request, as the event that it is. */
export type Request = Asked & { at: number; body: Body };

/** Takes in a client's request: it waits for its turn, unless it may be answered at once. */
export function takeRequest(step: Step, { type, src, dest, body, at }: Request): void {
  const { state, service, tunables } = step;
  const asked = { type, src, dest, body: { type, msg_id: body.msg_id as number } };
  const kind = service.kindOf(body);
  const command = service.commandOf(body);
  if (kind === 'glance') {
    return step.answer(asked, service.apply(state.applied.state, command).reply);
  }
  if (state.commands.size + state.reads.size >= tunables.maxWaiting) {
    return step.refuse(asked, {
      code: 'temporarily-unavailable',
      text: `${tunables.maxWaiting} requests wait for their turn at this node already`,
    });
  }
  const request: WaitingRequest = { asked, command, since: at };
  if (kind === 'command') state.commands = state.commands.add(request);
  else state.reads = state.reads.add(request);
}

/** Whether there is something that the leader does not know of. */
export function isAnythingNew({
  leader,
  commands,
  reads,
  nextCommand,
  nextRead,
}: RaftState): boolean {
  return leader !== null && (nextCommand < commands.next || nextRead < reads.next);
}

/** Lets the leader know of what it does not know of. */
export function passOn(step: Step): void {
  if (!isAnythingNew(step.state)) return;
  if (step.state.lead) writeOwn(step);
  else sendForward(step);
}

function sendForward(step: Step): void {
  const { state, tunables } = step;
  const { nodeId: node, incarnation: start, commands, reads } = state;
  const all = [...commands.from(state.nextCommand)].map(([seq, { command }]) => ({
    node,
    start,
    seq,
    floor: commands.floor,
    command,
  }));
  const asked = state.nextRead < reads.next ? reads.next - 1 : 0;
  state.nextCommand = commands.next;
  state.nextUntold = commands.next;
  state.nextRead = reads.next;
  const { maxEntriesPerMessage: size } = tunables;
  for (let place = 0; place < Math.max(1, all.length); place += size) {
    step.send(state.leader as string, {
      type: 'forward',
      start,
      commands: all.slice(place, place + size),
      reads: place === 0 ? asked : 0,
    });
  }
}

export function isAnythingWaiting({ commands, reads }: RaftState): boolean {
  return commands.floor < commands.next || reads.floor < reads.next;
}

/** Begins to look through what waits from time to time. */
export function startTicking({ state }: Step): void {
  state.tickAt = state.now;
  state.retriedAt = state.now;
}

/** Gives up what has waited for too long, and passes on again what a leader has not answered. */
export function tick(step: Step): void {
  const { state, tunables } = step;
  const { retryMs, patienceMs } = tunables;
  state.tickAt = Math.max(state.tickAt + tickMs(step.engine.tunables), state.now);
  state.now = state.tickAt;
  giveUpBefore(step, state.tickAt - patienceMs, 'no leader could be reached in time', 'timeout');
  if (state.tickAt - state.retriedAt < retryMs || !isAnythingWaiting(state)) return;
  state.retriedAt = state.tickAt;
  if (state.lead) return; // what is in its own log is not lost
  const isOld = (oldest?: WaitingRequest) => oldest && oldest.since <= state.tickAt - retryMs;
  const { commands, reads } = state;
  if (isOld(commands.get(commands.floor))) state.nextCommand = commands.floor;
  if (isOld(reads.get(reads.floor))) state.nextRead = reads.floor;
}

export function tickMs({ retryMs }: { retryMs: number }): number {
  return retryMs / 6;
}

/**
 * What no leader was told of never happens, and its client may know. Of other commands nobody can say;
 * reads change nothing, so they may as well be refused.
 */
function giveUpBefore(step: Step, time: number, text: string, unknown: 'timeout' | 'crash'): void {
  const { state } = step;
  const isOver = ({ since }: WaitingRequest) => since <= time;
  for (const [seq, { asked }] of state.commands.while(isOver)) {
    const code = seq < state.nextUntold ? unknown : 'temporarily-unavailable';
    step.refuse(asked, { code, text });
    state.commands = state.commands.settle(seq);
  }
  for (const [number, { asked }] of state.reads.while(isOver)) {
    step.refuse(asked, { code: 'temporarily-unavailable', text });
    state.reads = state.reads.settle(number);
  }
}

/** Gives up all that waits: the node can keep nothing any more, and ends. */
export function giveUpAll(step: Step, { problem }: { problem: string }): void {
  giveUpBefore(step, Infinity, problem, 'crash');
}
