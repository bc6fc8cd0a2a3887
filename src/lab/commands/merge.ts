import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import Schema from 'typebox/schema';
import { explorationRows } from '../terminal/describe-exploration.ts';
import { inOrder } from '../terminal/describe-outcome.ts';
import { rowsText } from '../terminal/rows/rows-text.ts';
import { stdoutScreen } from '../terminal/screen.ts';
import { commandName } from '../terminal/command-name.ts';
import { type Exploration, merge, nothingExplored, verdictOf } from '../explore/exploration.ts';
import { schemaProblem } from '../history/schema-problem.ts';
import { exitStatuses } from '../terminal/rows/summary.ts';
import { UsageError } from '../usage-error.ts';

const count = Type.Integer({ minimum: 0 });
const extreme = Type.Union([
  Type.Null(),
  Type.Object({ value: Type.Number(), seed: Type.Integer() }),
]);
const explorationSchema = Schema.Compile(
  Type.Object({
    runs: count,
    verdicts: Type.Object({ valid: count, invalid: count, unknown: count }),
    worstLatencyMs: extreme,
    worstMessagesPerOperation: extreme,
    failedSeeds: Type.Array(Type.Integer()),
    unknownSeeds: Type.Array(Type.Integer()),
  }),
);

/** Adds up the summaries of an exploration's shards; returns the exit status. */
export function runMergeCommand(files: string[], flags: { json?: boolean }): number {
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice: it counts once`);
  const merged = files.map(readExploration).reduce(merge, nothingExplored);
  const text = flags.json
    ? JSON.stringify(merged, null, 2)
    : rowsText(inOrder(explorationRows(merged)), stdoutScreen);
  process.stdout.write(`${text}\n`);
  return exitStatuses.get(verdictOf(merged)) as number;
}

function readExploration(file: string): Exploration {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (explorationSchema.Check(content)) return content as Exploration;
  throw new UsageError(
    `${file} is no summary of ${commandName} explore: ${schemaProblem(explorationSchema, content)}`,
  );
}
