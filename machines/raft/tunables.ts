/** What can be set about how nodes agree: each with its unit and its cost. */
export interface RaftTunables {
  /**
   * How often a leader is heard of when it has nothing to say, in milliseconds. Raising it saves
   * messages; what is lost on the way is noticed that much later.
   */
  heartbeatMs: number;
  /**
   * How long a follower hears of no leader before it stands for election, in milliseconds: a time
   * between the two is drawn, so that few stand at once. Raising them makes a lost leader missed for
   * longer; below two heartbeats, a lost message deposes one that works.
   */
  electionMinMs: number;
  electionMaxMs: number;
  /**
   * How long a node that asks whether it had a chance waits for a majority before it asks again, in
   * milliseconds, drawn likewise. That disturbs nobody, so it may be shorter: whoever is started anew
   * meanwhile may be who was missing. Lowering it costs messages of nodes that are cut off.
   */
  canvassMinMs: number;
  canvassMaxMs: number;
  /** How long the first of the ids waits before it stands in a cluster that has just been founded. */
  firstElectionMs: number;
  /** How often a node that has just been started asks the others who they are, in milliseconds. */
  helloMs: number;
  /**
   * How long a command, a read or an entry waits for others to go with it, in milliseconds. Raising
   * it saves messages and adds as much to latencies; with 0 everything goes at once.
   */
  gatherMs: number;
  /** For how long a client's request waits for a leader before it is refused, in milliseconds. */
  patienceMs: number;
  /** How long a node waits for what it has passed on before it does so again, in milliseconds. */
  retryMs: number;
  /** How many entries one message holds at most. */
  maxEntriesPerMessage: number;
  /**
   * How many messages may be under way to a peer, unacknowledged; what comes then gathers until one
   * is acknowledged. Raising it helps where latencies are long and wastes messages where they are not.
   */
  maxMessagesInFlight: number;
  /** How many requests of clients a node keeps waiting at most; further ones are refused at once. */
  maxWaiting: number;
  /**
   * How many entries that are applied the log keeps, for peers that lag. Who lags further behind is
   * sent a snapshot. Raising it takes memory.
   */
  keptEntries: number;
}

export const defaultTunables: RaftTunables = {
  heartbeatMs: 280,
  electionMinMs: 600,
  electionMaxMs: 1000,
  canvassMinMs: 300,
  canvassMaxMs: 500,
  firstElectionMs: 50,
  helloMs: 200,
  gatherMs: 0,
  patienceMs: 900,
  retryMs: 300,
  maxEntriesPerMessage: 500,
  maxMessagesInFlight: 8,
  maxWaiting: 10_000,
  keptEntries: 10_000,
};

/** How many of `count` nodes are more than half of them. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}
