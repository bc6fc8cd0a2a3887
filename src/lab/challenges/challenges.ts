import type { CheckResult } from '../checkers/checker.ts';
import { UsageError } from '../usage-error.ts';
import type { Bound, Challenge } from './challenge.ts';

const messagesBelow = (below: number): Bound => ({
  figure: 'messages per operation',
  below,
  of: ({ net }) => (net as { servers: Record<string, number> }).servers['msgs-per-op'],
});

/** @param quantile of the times until values were everywhere, as Maelstrom's results name it */
const latencyBelow = (figure: string, quantile: '0.5' | '1', below: number): Bound => ({
  figure,
  unit: 'ms',
  below,
  of: ({ workload }) =>
    (workload as CheckResult & { 'stable-latencies'?: Record<string, number> })[
      'stable-latencies'
    ]?.[quantile],
});

const efficient = '--node-count 25 --time-limit 20 --rate 100 --latency 100';
const log = '--concurrency 2n --time-limit 20 --rate 1000';
const transactions = '--concurrency 2n --time-limit 20 --rate 1000 --consistency-models';

/**
 * The challenges of fly.io's "Gossip Glomers", with the very options that they give.
 *
 * https://fly.io/dist-sys/
 */
export const challenges: readonly Challenge[] = [
  {
    id: '1',
    title: 'Echo',
    asks: 'send back what came',
    workload: 'echo',
    runs: ['--node-count 1 --time-limit 10'],
  },
  {
    id: '2',
    title: 'Unique ids',
    asks: 'ids that never come twice, from every node at all times, even when it is cut off',
    workload: 'unique-ids',
    runs: ['--time-limit 30 --rate 1000 --node-count 3 --availability total --nemesis partition'],
  },
  {
    id: '3a',
    title: 'Broadcast, one node',
    asks: 'keep what is broadcast',
    workload: 'broadcast',
    runs: ['--node-count 1 --time-limit 20 --rate 10'],
  },
  {
    id: '3b',
    title: 'Broadcast, many nodes',
    asks: 'tell the other nodes',
    workload: 'broadcast',
    runs: ['--node-count 5 --time-limit 20 --rate 10'],
  },
  {
    id: '3c',
    title: 'Broadcast under partitions',
    asks: 'tell them in the end, though the network is cut',
    workload: 'broadcast',
    runs: ['--node-count 5 --time-limit 20 --rate 10 --nemesis partition'],
  },
  {
    id: '3d',
    title: 'Efficient broadcast, part I',
    asks: 'few messages, and soon everywhere',
    workload: 'broadcast',
    runs: [efficient],
    bounds: [
      messagesBelow(30),
      latencyBelow('median latency', '0.5', 400),
      latencyBelow('maximum latency', '1', 600),
    ],
  },
  {
    id: '3e',
    title: 'Efficient broadcast, part II',
    asks: 'fewer messages, and later everywhere',
    workload: 'broadcast',
    runs: [efficient],
    bounds: [
      messagesBelow(20),
      latencyBelow('median latency', '0.5', 1000),
      latencyBelow('maximum latency', '1', 2000),
    ],
  },
  {
    id: '4',
    title: 'Grow-only counter',
    asks: 'a counter without memory of its own, over seq-kv; the final reads are right',
    workload: 'g-counter',
    runs: ['--node-count 3 --rate 100 --time-limit 20 --nemesis partition'],
  },
  {
    id: '5a',
    title: 'Kafka-style log, one node',
    asks: 'logs that lose nothing and keep their order',
    workload: 'kafka',
    runs: [`--node-count 1 ${log}`],
  },
  {
    id: '5b',
    title: 'Kafka-style log, many nodes',
    asks: 'the same, over lin-kv',
    workload: 'kafka',
    runs: [`--node-count 2 ${log}`],
  },
  {
    id: '5c',
    title: 'Efficient Kafka-style log',
    asks: 'far fewer messages, lower latency, higher availability; no figures are set',
    workload: 'kafka',
    runs: [`--node-count 2 ${log}`],
  },
  {
    id: '6a',
    title: 'Transactions, one node',
    asks: 'totally available, read uncommitted',
    workload: 'txn-rw-register',
    runs: [`--node-count 1 ${transactions} read-uncommitted --availability total`],
  },
  {
    id: '6b',
    title: 'Transactions, read uncommitted',
    asks: 'replicated; the second time totally available, though the network is cut',
    workload: 'txn-rw-register',
    runs: [
      `--node-count 2 ${transactions} read-uncommitted`,
      `--node-count 2 ${transactions} read-uncommitted --availability total --nemesis partition`,
    ],
  },
  {
    id: '6c',
    title: 'Transactions, read committed',
    asks: 'no read of what was aborted or is intermediate, though the network is cut',
    workload: 'txn-rw-register',
    runs: [
      `--node-count 2 ${transactions} read-committed --availability total --nemesis partition`,
    ],
  },
];

/** @throws UsageError when there is no such challenge */
export function findChallenge(id: string): Challenge {
  const challenge = challenges.find((candidate) => candidate.id === id);
  if (challenge) return challenge;
  const known = challenges.map((candidate) => candidate.id).join(', ');
  throw new UsageError(`there is no challenge ${id}: there are ${known}`);
}
