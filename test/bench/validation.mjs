// Which schema library checks a node's input? `npm run bench:validation` prints what each one costs.
import { Type } from 'typebox';
import Schema from 'typebox/schema';
import * as v from 'valibot';
import { z } from 'zod';
import { alternate, median, printTable } from './parts/compare.mjs';

const CHECKS = 300_000;

const compiled = Schema.Compile(
  Type.Object({
    type: Type.Literal('broadcast'),
    msg_id: Type.Integer(),
    message: Type.Unknown(),
  }),
);
const valibot = v.object({
  type: v.literal('broadcast'),
  msg_id: v.pipe(v.number(), v.integer()),
  message: v.unknown(),
});
const zod = z.object({ type: z.literal('broadcast'), msg_id: z.int(), message: z.unknown() });

/** Nanoseconds for one check of a broadcast request. */
function measure(check) {
  return async () => {
    const startedAt = performance.now();
    let valid = 0;
    for (let msg_id = 0; msg_id < CHECKS; msg_id++) {
      if (check({ type: 'broadcast', msg_id, message: msg_id })) valid++;
    }
    if (valid !== CHECKS) throw new Error('a good request was refused');
    return ((performance.now() - startedAt) * 1e6) / CHECKS;
  };
}

const measured = await alternate(
  {
    typebox: measure((body) => compiled.Check(body)),
    valibot: measure((body) => v.is(valibot, body)),
    zod: measure((body) => zod.safeParse(body).success),
  },
  7,
);
printTable([
  ['library', 'one check'],
  ...Object.entries(measured).map(([name, times]) => [name, `${median(times).toFixed(0)} ns`]),
]);
