import node from '../../../machines/g-set/g-set.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';

const add = (element: unknown) => ({
  body: { type: 'add', element },
  serve: (kept: unknown[]) => ({
    kept: kept.includes(element) ? kept : [...kept, element],
    reply: { type: 'add_ok' },
  }),
});

describeClientSpecification<unknown[]>({
  program: programOf(node, []),
  bin: 'g-set',
  start: [],
  requests: {
    addOne: add(1),
    addText: add('one'),
    read: {
      body: { type: 'read' },
      serve: (kept) => ({ kept, reply: { type: 'read_ok', value: kept } }),
    },
  },
  malformed: { type: 'add' },
  isEnough: (kept) => kept.length > 2,
});
