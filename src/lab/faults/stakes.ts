import type { EndpointId } from '../../wire/message.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { TestOptions } from '../run/test-options.ts';

/** Watches which nodes have something to lose: those that have acknowledged a change. */
export class Stakes {
  readonly #options: Pick<TestOptions, 'workload' | 'workerCount' | 'nodeCount'>;
  readonly #nodes = new Set<EndpointId>();

  constructor(options: Pick<TestOptions, 'workload' | 'workerCount' | 'nodeCount'>) {
    this.#options = options;
  }

  readonly add = ({ type, process, f }: HistoryEvent): void => {
    const { workload, workerCount, nodeCount } = this.#options;
    if (type !== 'ok' || process === 'nemesis' || workload.reading?.has(f)) return;
    this.#nodes.add(`n${(process % workerCount) % nodeCount}`);
  };

  has(node: EndpointId): boolean {
    return this.#nodes.has(node);
  }
}
