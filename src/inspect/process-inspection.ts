import { performance } from 'node:perf_hooks';
import type { NodeProgram } from '../kit/define-node.ts';
import type { Inspection } from './inspection.ts';
import { InspectionSender } from './inspection-sender.ts';
import { NodeInspector } from './node-inspector.ts';

/** Lets a server look into the node that this process is. */
export function inspectProcess({ countKnown }: NodeProgram, url: string): Inspection {
  const sender = new InspectionSender(url);
  const inspector = new NodeInspector({
    now: () => performance.timeOrigin + performance.now(),
    onRecord: (record) => sender.send(record),
    countKnown,
  });
  return {
    observe: inspector.observe,
    sent: (message) => inspector.sent(message),
    stop: () => sender.stop(),
  };
}
