import type { Body, EndpointId } from '../../wire/message.ts';
import { quote } from '../../wire/quote.ts';
import type { Client, Clients } from './clients/client.ts';
import type { Host, HostedNode } from '../hosts/host.ts';
import { createMessageCheck } from '../network/message-check.ts';
import type { Network } from '../network/network.ts';
import type { Topology } from '../network/topologies.ts';
import type { Violation } from '../network/violation.ts';
import { REPLY_TIMEOUT_MS } from './clients/worker.ts';
import type { Workload } from '../workloads/workload.ts';

/** How long a node may take to answer `init`, as Maelstrom allows. */
export const INIT_TIMEOUT_MS = 10_000;

export interface ClusterOptions {
  nodeIds: EndpointId[];
  workload: Workload;
  topology: Topology;
  host: Host;
  network: Network;
  clients: Clients;
  /** Told when a node breaks the rules. */
  onViolation: (violation: Violation) => void;
  /** Told when something is sent to a node that stands still. */
  onMissed: (id: EndpointId) => void;
  /** Told when a node has stopped by itself, as it may, and can be restarted. */
  onStopped: (id: EndpointId) => void;
}

/** The nodes of a test, from launch to kill, and what they may say on the network. */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #check: ReturnType<typeof createMessageCheck>;
  readonly #nodes = new Map<EndpointId, HostedNode>();
  /** The clients that wait for a node to do what it must. */
  readonly #demanding = new Map<EndpointId, Client>();
  /** The clients that have waited for a start of a node that is over: what they ask comes too late. */
  readonly #inVain = new Set<EndpointId>();
  readonly #paused = new Set<EndpointId>();

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { workload, network, clients } = options;
    this.#check = createMessageCheck({
      replies: workload.replies,
      isEndpoint: (id) => network.knows(id),
      findRequest: (id, msgId) => clients.findRequest(id, msgId),
    });
  }

  /** Launches all nodes side by side; calls back when every one has answered `init`. */
  launch(done: () => void): void {
    const { nodeIds } = this.#options;
    let left = nodeIds.length;
    for (const id of nodeIds) this.#start(id);
    for (const id of nodeIds) {
      this.#initialise(id, () => {
        if (--left === 0) done();
      });
    }
  }

  /** Kills a node. What is sent to it is lost until it is restarted. */
  kill(id: EndpointId): void {
    this.#options.network.detach(id);
    this.#nodes.get(id)?.kill();
    this.#demandNothing(id);
  }

  /** Starts a node that is down, and tells it again all that it was told at first. */
  restart(id: EndpointId): void {
    const { workload, topology } = this.#options;
    this.#start(id);
    this.#initialise(id, () => {
      if (workload.setUp) this.#demand(id, workload.setUp(id, topology), REPLY_TIMEOUT_MS);
    });
  }

  pause(id: EndpointId): void {
    this.#paused.add(id);
    this.#nodes.get(id)?.pause();
  }

  resume(id: EndpointId): void {
    this.#paused.delete(id);
    this.#nodes.get(id)?.resume();
  }

  /** Kills all nodes. What is still on its way to them is lost. */
  stop(): void {
    for (const id of this.#nodes.keys()) this.kill(id);
  }

  #start(id: EndpointId): void {
    const { host, network, onViolation, onMissed, onStopped } = this.#options;
    const node = host.launch(id, {
      onMessage: (sent, line) => {
        const checked = this.#check(id, sent);
        if ('problem' in checked) onViolation({ node: id, ...(line && { line }), ...checked });
        else network.send(id, checked.dest, checked.body);
      },
      onViolation,
      onStopped: () => {
        network.detach(id);
        this.#demandNothing(id);
        onStopped(id);
      },
    });
    this.#nodes.set(id, node);
    if (this.#paused.has(id)) node.pause();
    network.attach(id, ({ src, body }) => {
      if (this.#inVain.has(src)) return;
      if (this.#paused.has(id)) onMissed(id);
      node.deliver(src, body);
    });
  }

  #demandNothing(id: EndpointId): void {
    const client = this.#demanding.get(id);
    if (!client) return;
    client.leave();
    this.#inVain.add(client.id);
  }

  #initialise(id: EndpointId, done: () => void): void {
    const body = { type: 'init', node_id: id, node_ids: this.#options.nodeIds };
    this.#demand(id, body, INIT_TIMEOUT_MS, done);
  }

  /** Asks for what a node must do, as a client that comes for this alone. */
  #demand(id: EndpointId, request: Body, timeoutMs: number, done?: () => void): void {
    const client = this.#options.clients.create();
    this.#demanding.set(id, client);
    client.request(id, request, timeoutMs, (reply) => {
      client.leave();
      const violation = violationOfDemand(id, request, reply, timeoutMs);
      if (!violation) done?.();
      else if (!reply && this.#paused.has(id)) this.#demand(id, request, timeoutMs, done);
      else this.#options.onViolation(violation);
    });
  }
}

/** What is wrong when a node does not do what it must for a test to go on, if anything. */
export function violationOfDemand(
  node: EndpointId,
  { type }: Body,
  reply: Body | undefined,
  timeoutMs: number,
): Violation | undefined {
  if (!reply) {
    return {
      node,
      problem: `did not answer ${type} within ${timeoutMs / 1000} s`,
      advice:
        `The reply is {"type": "${type}_ok", "in_reply_to": …}, on one line. Does the node ` +
        'flush its output, and read its input line by line rather than to the end?',
    };
  }
  if (reply.type !== 'error') return undefined;
  return {
    node,
    problem: `answered ${type} with an error: ${quote(reply)}`,
    advice: `A node must serve ${type} for a test to go on.`,
  };
}
