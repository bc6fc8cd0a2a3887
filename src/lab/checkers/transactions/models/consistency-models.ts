import { ANOMALIES } from './anomaly-types.ts';

/**
 * What consistency models are called, what each forbids, and which implies which: those of Elle
 * 0.1.6, after Adya ("Weak Consistency", 1999), Bailis et al. ("Highly Available Transactions",
 * 2013) and Cerone, Bernardi and Gotsman ("A Framework for Transactional Consistency Models with
 * Atomic Visibility", 2015).
 */
interface Model {
  /** Other names of it. */
  aliases?: string[];
  /** The models that hold wherever it holds, if not already implied by one of them. */
  implies?: string[];
}

const MODELS: Record<string, Model> = {
  'strong-serializable': {
    aliases: ['strict-serializable', 'PL-SS'],
    implies: ['strong-session-serializable', 'strong-snapshot-isolation', 'linearizable'],
  },
  'strong-session-serializable': { implies: ['serializable'] },
  serializable: {
    aliases: ['conflict-serializable', 'PL-3'],
    implies: ['repeatable-read', 'snapshot-isolation', 'update-serializable', 'view-serializable'],
  },
  'strong-snapshot-isolation': { implies: ['strong-session-snapshot-isolation'] },
  'strong-session-snapshot-isolation': { implies: ['snapshot-isolation'] },
  'snapshot-isolation': {
    aliases: ['PL-SI'],
    implies: [
      'forward-consistent-view',
      'monotonic-atomic-view',
      'monotonic-snapshot-read',
      'parallel-snapshot-isolation',
      'prefix',
    ],
  },
  'update-serializable': { aliases: ['PL-3U'], implies: ['forward-consistent-view'] },
  'forward-consistent-view': { aliases: ['PL-FCV'], implies: ['consistent-view'] },
  'consistent-view': { aliases: ['PL-2+'], implies: ['cursor-stability', 'monotonic-view'] },
  'repeatable-read': {
    aliases: ['PL-2.99'],
    implies: ['cursor-stability', 'monotonic-atomic-view'],
  },
  'cursor-stability': { aliases: ['PL-CS'], implies: ['read-committed'] },
  'monotonic-view': { aliases: ['PL-2L'], implies: ['read-committed'] },
  'monotonic-atomic-view': { implies: ['read-committed'] },
  'monotonic-snapshot-read': { aliases: ['PL-MSR'], implies: ['read-committed'] },
  'read-committed': { aliases: ['PL-2'], implies: ['read-uncommitted'] },
  'read-uncommitted': { aliases: ['PL-1'] },
  'parallel-snapshot-isolation': { implies: ['causal-cerone'] },
  prefix: { implies: ['causal-cerone'] },
  'causal-cerone': { implies: ['ROLA'] },
  ROLA: { implies: ['read-atomic'] },
  'read-atomic': {},
  linearizable: { implies: ['sequential'] },
  sequential: { implies: ['causal'] },
  causal: { implies: ['writes-follow-reads', 'PRAM'] },
  PRAM: { implies: ['monotonic-reads', 'monotonic-writes', 'read-your-writes'] },
  'monotonic-reads': {},
  'monotonic-writes': {},
  'read-your-writes': {},
  'writes-follow-reads': {},
  'view-serializable': {},
  '1SR': {},
  'session-serializable': {},
};

const MODEL_OF_NAME = new Map<string, string>(
  Object.entries(MODELS).flatMap(([model, { aliases = [] }]) =>
    [model, ...aliases].map((name): [string, string] => [name, model]),
  ),
);

/** Every name that `--consistency-models` takes. */
export const CONSISTENCY_MODEL_NAMES: readonly string[] = [...MODEL_OF_NAME.keys()];

/**
 * Reads the names of consistency models: a list of them, or one text with commas in between.
 *
 * @returns each model under the one name that results use, in the order given, none twice
 * @throws Error naming the ones that are unknown and all that are known
 */
export function parseConsistencyModels(names: string | readonly string[]): string[] {
  const given = (typeof names === 'string' ? [names] : names)
    .flatMap((name) => name.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = given.filter((name) => !MODEL_OF_NAME.has(name));
  if (unknown.length > 0) {
    const known = CONSISTENCY_MODEL_NAMES.join(', ');
    const which = unknown.map((name) => JSON.stringify(name)).join(', ');
    throw new Error(`no consistency model is called ${which}; there are ${known}`);
  }
  if (given.length === 0) throw new Error('no consistency model is named; give one or more');
  return [...new Set(given.map((name) => MODEL_OF_NAME.get(name) as string))];
}

/** All models that hold where one of some holds, these included. */
export function impliedBy(models: Iterable<string>): Set<string> {
  const implied = new Set(models);
  for (const model of implied)
    for (const weaker of MODELS[model]?.implies ?? []) implied.add(weaker);
  return implied;
}

/** The types of anomalies that must not occur where all of some models hold. */
export function forbiddenBy(models: Iterable<string>): Set<string> {
  const implied = impliedBy(models);
  const types = Object.entries(ANOMALIES);
  return new Set(
    types.filter(([, { rulesOut }]) => rulesOut.some((m) => implied.has(m))).map(([type]) => type),
  );
}

/**
 * Which models anomalies of some types rule out.
 *
 * @returns `not`, the weakest of them, and `also-not`, all others, both sorted by name
 */
export function ruledOutBy(types: Iterable<string>): { not: string[]; 'also-not': string[] } {
  const direct = new Set([...types].flatMap((type) => ANOMALIES[type]?.rulesOut ?? []));
  const ruledOut = Object.keys(MODELS).filter((model) =>
    [...impliedBy([model])].some((weaker) => direct.has(weaker)),
  );
  const isWeakest = (model: string) =>
    ![...impliedBy([model])].some((weaker) => weaker !== model && ruledOut.includes(weaker));
  return {
    not: ruledOut.filter(isWeakest).toSorted(byCodeUnits),
    'also-not': ruledOut.filter((model) => !isWeakest(model)).toSorted(byCodeUnits),
  };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
