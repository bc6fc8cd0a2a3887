/** What can be set about how nodes tell each other: each with its unit and its cost. */
export interface GossipTunables {
  /**
   * The longest that an acknowledged value may be missing at a reachable node when nothing fails,
   * in milliseconds. Raising it saves messages, for more values travel together.
   */
  stalenessMs: number;
  /**
   * How long a node puts off acknowledging what it was told, in the hope of having something to say
   * anyway, in milliseconds. Raising it saves messages when values are rare; lost messages are
   * noticed that much later when nothing follows them.
   */
  ackDelayMs: number;
  /**
   * How long it does so at most while more comes, in milliseconds. Raising it saves messages in large
   * clusters, in which most nodes have nothing to say; that a node is gone is noticed that much later
   * while it is still told things.
   */
  maxAckDelayMs: number;
  /**
   * How much sooner than at the last moment to send, in milliseconds. Raising it forgives timers
   * that are late, and costs a little more messages.
   */
  marginMs: number;
  /**
   * How many messages a second a hub can bear, sent and received. Raising it saves messages in large
   * clusters, for their tree gets flatter, and costs their hub some 40 µs of its processor each.
   */
  maxHubMessagesPerSecond: number;
  /** How many values one message holds at most, and how many may be under way unacknowledged. */
  maxValuesPerMessage: number;
  maxValuesInFlight: number;
  /** How long to wait for an answer while a link's latency is unknown, in milliseconds. */
  firstPatienceMs: number;
  /** How long to wait at most, in milliseconds, unless even the shortest round trip takes long. */
  maxPatienceMs: number;
  /**
   * How long to wait at most before a question is asked again, in milliseconds, unless even the shortest
   * round trip takes long. Raising it saves messages where round trips vary much; what is lost with the
   * question comes that much later.
   */
  maxRetryMs: number;
  /**
   * For how long after a loss a link is taken to be one that loses messages, in milliseconds. Raising it
   * costs a question more often when news pauses.
   */
  cautionMs: number;
  /**
   * How long nothing may be heard of a parent before it is asked whether it is still there, in
   * milliseconds. Raising it saves messages while nobody has news; a node that has nothing to tell
   * notices a lost parent that much later.
   */
  maxSilenceMs: number;
  /** How often a peer is asked in vain before it is suspected of being out of reach. */
  triesBeforeSuspicion: number;
  /**
   * The longest time between two probes of a suspected parent, and of any other suspected peer, in
   * milliseconds. Raising the first saves messages while a partition lasts, and delays what waits until
   * it has healed; the second is for peers that do not count on the node.
   */
  maxParentProbeIntervalMs: number;
  maxProbeIntervalMs: number;
  /**
   * How long news that a peer brings which is back waits for that of others who are, too, in
   * milliseconds. Raising it saves messages after a partition, and delays what was held up by it.
   */
  gatherMs: number;
  /**
   * How many entries that later ones stand for a disk holds at most, besides as many as count. Raising
   * it writes everything anew less often, and takes room, and time when the node is started.
   */
  maxIdleOnDisk: number;
}

/** The tunables for a latency budget, all else as it has proved good. */
export function tunablesFor(stalenessMs: number): GossipTunables {
  // While there is news, it comes once in a budget, and a little: until then it may be waited for.
  const ackDelayMs = Math.max(1000, 1.5 * stalenessMs);
  return {
    stalenessMs,
    ackDelayMs,
    maxAckDelayMs: Math.max(8000, 15 * stalenessMs),
    marginMs: 10,
    maxHubMessagesPerSecond: 10_000,
    maxValuesPerMessage: 1000,
    maxValuesInFlight: 8000,
    firstPatienceMs: 500,
    maxPatienceMs: 1500,
    maxRetryMs: 0.4 * stalenessMs,
    cautionMs: 10 * stalenessMs,
    maxSilenceMs: 30_000,
    triesBeforeSuspicion: 2,
    maxParentProbeIntervalMs: 0.4 * stalenessMs,
    maxProbeIntervalMs: 4 * stalenessMs,
    gatherMs: 0.2 * stalenessMs,
    maxIdleOnDisk: 50_000,
  };
}
