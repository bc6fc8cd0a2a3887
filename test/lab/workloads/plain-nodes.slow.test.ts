import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../support/processes/lab-process.ts';
import { findWorkload } from '../../../src/lab/workloads/workloads.ts';

const { run } = createLab();
const nodes = join(import.meta.dirname, '../nodes');

/** A test of a plain node: what is asked, of which node, with which fault, and what comes of it. */
type Case = [workload: string, node: string, fault: string, status: number, shows: RegExp];

const cases: Case[] = [
  ['unique-ids', 'ids', 'none', 0, /ids, between "n0-1" .* 0 came more than once/],
  ['unique-ids', 'ids', 'oracle', 0, /ids, between 0 and \d+; 0 came more than once/],
  ['unique-ids', 'ids', 'wide', 1, /duplicated {2}90071992547409\d\d 3 times/],
  ['unique-ids', 'ids', 'alike', 1, /duplicated {2}1 3 times/],
  [
    'unique-ids',
    'ids',
    'no-id',
    1,
    /n\d answered .*"generate".* wrong body: it must have required properties id/,
  ],
  ['g-set', 'grow-only-set', 'none', 0, /values {2}\d+ added: \d+ stable, 0 lost/],
  ['g-set', 'grow-only-set', 'forgets', 1, /lost {2}1, 4/],
  ['g-set', 'grow-only-set', 'invents', 1, /values were read that nobody added: -1 at n/],
  ['g-set', 'grow-only-set', 'repeats', 1, /values came twice in one read/],
  ['g-counter', 'counter', 'none', 0, /sum {2}should be (\d+); final reads: \1 6 times/],
  ['g-counter', 'counter', 'forgets', 1, /wrong {2}\d+ at n/],
  ['pn-counter', 'counter', 'none', 0, /sum {2}should be (-?\d+); final reads: \1 6 times/],
  [
    'pn-counter',
    'counter',
    'wild',
    0,
    /odd reads {2}what no adds make: 100000 at n\d, not -\d+ to/,
  ],
  ['kafka', 'log', 'none', 0, /logs {2}\d+ messages sent, \d+ polls/],
  ['kafka', 'log', 'loses', 1, /lost-write {2}acknowledged messages were passed over/],
  ['kafka', 'log', 'skips', 1, /int-poll-skip {2}polls left messages out within themselves/],
  ['kafka', 'log', 'invents', 1, /invented-message {2}polls returned .* nobody sent: of \d+ 99999/],
  ['kafka', 'log', 'races', 1, /inconsistent-offsets|lost-write|unseen/],
  ['lin-kv', 'registers', 'none', 0, /registers {2}\d+ keys?, 0 not linearizable/],
  ['lin-kv', 'registers', 'lww', 1, /failure {2}key \d: .* fits nowhere/],
  ['lin-kv', 'registers', 'stale', 1, /failure {2}key \d: .* fits nowhere/],
  ['lin-kv', 'registers', 'null-reads', 1, /strictly {2}also wrong: key 0[^]*0 not linearizable/],
  ['lin-kv', 'registers', 'refuses', 1, /strictly {2}also wrong: key 0[^]*0 not linearizable/],
  ['txn-list-append', 'transactions', 'none', 0, /anomalies {2}none/],
  [
    'txn-list-append',
    'transactions',
    'blind',
    1,
    /anomalies {2}.*(incompatible-order|lost-update|G)/,
  ],
  ['txn-list-append', 'transactions', 'keeps-aborted', 1, /anomalies {2}.*G1a/],
  ['txn-rw-register', 'transactions', 'none', 0, /anomalies {2}none/],
  ['txn-rw-register', 'transactions', 'no-isolation', 1, /anomalies {2}.*(G|internal|lost-update)/],
  ['txn-rw-register', 'transactions', 'invents', 1, /strictly {2}.*thin-air-read/],
];

describe('plain nodes as processes, over the services', () => {
  it.concurrent.each(cases)(
    '%s of %s, fault %s: status %d',
    async (workload, node, fault, status, shows) => {
      const args = ['test', '-w', workload, '--bin', join(nodes, node), '--node-count', '3'];
      const load = ['--concurrency', '6', '--time-limit', '3', '--rate', '100', '--seed', '1'];
      const quiet = findWorkload(workload).hasFinalOperations ? ['--quiet-time', '2'] : [];
      const folder = `${workload}-${node}-${fault}`;
      const {
        status: ended,
        stdout,
        stderr,
      } = await run([...args, ...load, ...quiet, '--', fault], folder);
      expect(`${stdout}${stderr}`).toMatch(shows);
      expect(ended).toBe(status);
    },
  );

  it('should be judged right while services stand still and are slow', async () => {
    const args = ['test', '-w', 'g-counter', '--bin', join(nodes, 'counter'), '--node-count', '3'];
    const load = ['--time-limit', '5', '--rate', '40', '--seed', '1', '--quiet-time', '2'];
    const faults = ['--nemesis', 'service-pause,service-slow', '--nemesis-interval', '0.5'];
    const { status, stdout, stderr } = await run([...args, ...load, ...faults], 'services');
    expect(`${stdout}${stderr}`).toMatch(/service-pause \d+ messages?, service-slow \d+ messages?/);
    expect(stdout).toMatch(/sum {2}should be (\d+); final reads: \1 3 times/);
    expect(status).toBe(0);
  });
});
