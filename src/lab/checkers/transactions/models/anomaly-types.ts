/** What is known of a type of anomaly. */
export interface AnomalyType {
  /** The weakest models that it rules out; none if it only makes the verdict unknown. */
  rulesOut: string[];
  /** What it is, in a sentence that needs no context. */
  meaning: string;
}

const SESSION = ['strong-session-serializable'];
const SESSION_SNAPSHOT = ['strong-session-serializable', 'strong-session-snapshot-isolation'];
const STRICT = ['strong-serializable'];
const STRONG_SNAPSHOT = ['strong-snapshot-isolation'];

/**
 * All types of anomalies: Adya's ("Weak Consistency", 1999) and Elle's (Kingsbury and Alvaro,
 * "Elle: Inferring Isolation Anomalies from Experimental Observations", 2020).
 */
export const ANOMALIES: Record<string, AnomalyType> = {
  G0: {
    rulesOut: ['read-uncommitted'],
    meaning: 'Writes of several transactions interleave: a cycle of write dependencies.',
  },
  G1a: {
    rulesOut: ['read-atomic', 'read-committed'],
    meaning: 'A transaction read what a failed transaction wrote.',
  },
  G1b: {
    rulesOut: ['read-committed'],
    meaning: 'A transaction read a value that its writer overwrote before it was done.',
  },
  G1c: {
    rulesOut: ['read-committed'],
    meaning: 'Information flows in a circle: a cycle of write and read dependencies.',
  },
  'G-single': {
    rulesOut: ['consistent-view'],
    meaning: 'A transaction missed a write, yet depends on it: a cycle with one anti-dependency.',
  },
  'G-nonadjacent': {
    rulesOut: ['snapshot-isolation'],
    meaning: 'A cycle with several anti-dependencies, no two of them in a row.',
  },
  'G2-item': {
    rulesOut: ['repeatable-read'],
    meaning: 'Transactions missed each other’s writes: a cycle with anti-dependencies in a row.',
  },
  'G0-process': { rulesOut: SESSION, meaning: 'G0, given the order within sessions.' },
  'G1c-process': { rulesOut: SESSION, meaning: 'G1c, given the order within sessions.' },
  'G-single-process': {
    rulesOut: SESSION_SNAPSHOT,
    meaning: 'G-single, given the order within sessions.',
  },
  'G-nonadjacent-process': {
    rulesOut: SESSION_SNAPSHOT,
    meaning: 'G-nonadjacent, given the order within sessions.',
  },
  'G2-item-process': { rulesOut: SESSION, meaning: 'G2-item, given the order within sessions.' },
  'G0-realtime': { rulesOut: STRICT, meaning: 'G0, given the order in real time.' },
  'G1c-realtime': { rulesOut: STRICT, meaning: 'G1c, given the order in real time.' },
  'G-single-realtime': {
    rulesOut: STRONG_SNAPSHOT,
    meaning: 'G-single, given the order in real time: stale reads for instance.',
  },
  'G-nonadjacent-realtime': {
    rulesOut: STRONG_SNAPSHOT,
    meaning: 'G-nonadjacent, given the order in real time.',
  },
  'G2-item-realtime': { rulesOut: STRICT, meaning: 'G2-item, given the order in real time.' },
  internal: {
    rulesOut: ['read-atomic'],
    meaning: 'A read contradicts what its own transaction read or wrote before.',
  },
  'lost-update': {
    rulesOut: ['ROLA', 'cursor-stability'],
    meaning: 'Several transactions read the same version and all wrote the next one.',
  },
  'duplicate-elements': {
    rulesOut: ['read-uncommitted'],
    meaning: 'A read has the same element twice, though it was appended once.',
  },
  'incompatible-order': {
    rulesOut: ['read-atomic', 'read-committed'],
    meaning: 'Two reads of a list cannot be states of one list that only grows.',
  },
  'dirty-update': {
    rulesOut: ['read-atomic', 'read-committed'],
    meaning: 'A transaction wrote on top of what a failed transaction wrote.',
  },
  'cyclic-versions': {
    rulesOut: ['read-uncommitted'],
    meaning: 'The versions of a key have no order: each would have to come before the others.',
  },
  'thin-air-read': {
    rulesOut: ['read-atomic', 'read-uncommitted'],
    meaning: 'A transaction read a value that nobody ever wrote.',
  },
  'future-read': {
    rulesOut: ['read-atomic', 'read-committed'],
    meaning: 'A transaction read what it wrote only later.',
  },
  'altered-reply': {
    rulesOut: ['read-atomic', 'read-uncommitted'],
    meaning: 'A transaction that was answered is not the one that was asked for.',
  },
  'empty-transaction-graph': {
    rulesOut: [],
    meaning: 'No transaction depends on another, so nothing was put to the test.',
  },
};

/** Anomalies that only our own verdict knows; Maelstrom’s does not look for them. */
export const STRICTER_TYPES: ReadonlySet<string> = new Set([
  'thin-air-read',
  'future-read',
  'altered-reply',
]);
