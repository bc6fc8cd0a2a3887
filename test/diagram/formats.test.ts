import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMachine, setup } from 'xstate';
import { readChart } from '../../src/diagram/chart.ts';
import { toJson } from '../../src/diagram/json.ts';
import { toMermaid } from '../../src/diagram/mermaid.ts';
import { echoBin, labBin } from '../support/processes/lab-process.ts';
import { machinesFolder, ownMachines } from '../support/charts/own-machines.ts';

const names = [...ownMachines.keys()];

/** A machine with everything that a statechart may have. */
const full = setup({
  actors: { clock: createMachine({}), helper: createMachine({}) },
  actions: { note: () => {}, ring: () => {} },
  guards: { isLate: () => true },
  delays: { patience: 10 },
}).createMachine({
  id: 'full',
  initial: 'outer',
  on: { reset: '.outer', quit: '.end' },
  states: {
    outer: {
      type: 'parallel',
      entry: 'note',
      states: {
        left: {
          initial: 'a',
          states: {
            a: { after: { patience: { target: 'b', guard: 'isLate', actions: 'ring' } } },
            b: { on: { again: { target: 'b', reenter: true }, leave: '#full.end' } },
          },
        },
        right: { invoke: { src: 'clock' } },
      },
    },
    end: { type: 'final' },
  },
});

describe('a machine as a Mermaid diagram', () => {
  it('should have states, hierarchy, regions, guards, actions, delays and actors', () => {
    expect(toMermaid(readChart(full))).toBe(
      `stateDiagram-v2
  state "full" as s_ {
    state "spawn helper" as s__does
    [*] --> s_outer
    state "outer" as s_outer {
      state "entry / note" as s_outer_does
      state "left" as s_outer_left {
        [*] --> s_outer_left_a
        state "a" as s_outer_left_a
        state "b" as s_outer_left_b
        s_outer_left_a --> s_outer_left_b : after patience [isLate] / ring
        s_outer_left_b --> s_outer_left_b : again
      }
      --
      state "right" as s_outer_right
      s_outer_right : invoke clock
    }
    state "end" as s_end
    s_end --> [*]
    state "any of these" as s__any
    s__any --> s_outer : reset
    s__any --> s_end : quit
    s_outer --> s_end : b: leave
  }
`,
    );
  });

  it('should escape what Mermaid takes for its own', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { on: { 'x;"<#': 'a' } } },
    });
    expect(toMermaid(readChart(machine))).toContain('s_a --> s_a : x#59;#34;#60;#35;');
  });

  it.each(names)('%s should open and close as many states', (name) => {
    const text = toMermaid(readChart(ownMachines.get(name) as never));
    expect(text.match(/\{$/gm)?.length).toBe(text.match(/^ *\}$/gm)?.length);
  });
});

describe('a machine as JSON', () => {
  it.each(names)('%s should be its config, with everything in it', (name) => {
    const machine = ownMachines.get(name);
    const config = JSON.parse(toJson(machine as never));
    expect(config).toEqual(JSON.parse(JSON.stringify(machine?.config)));
    const again = createMachine(config);
    expect(readChart(again).edges).toEqual(readChart(machine as never).edges);
  });
});

const BRIEF_STORING = `stateDiagram-v2
  state "storing" as s_running_storing {
    [*] --> s_running_storing_idle
    state "idle" as s_running_storing_idle
    state "syncing" as s_running_storing_syncing
    s_running_storing_idle --> s_running_storing_syncing : always [hasUnsynced]
    s_running_storing_syncing --> s_running_storing_idle : always [hasNoUnsynced]
  }
`;

describe('lab diagram', () => {
  const broadcast = join(machinesFolder, 'broadcast/broadcast.ts');
  const diagram = (...args: string[]) =>
    spawnSync(labBin, ['diagram', broadcast, ...args], { encoding: 'utf8' });

  it('should print a machine that the node starts, by its id', () => {
    const { status, stdout } = diagram('--machine', 'link', '--format', 'json');
    expect([status, JSON.parse(stdout).id]).toEqual([0, 'link']);
  });

  it('should name the machines that there are when it is asked for another', () => {
    const { status, stderr } = diagram('--machine', 'chain');
    expect([status, stderr]).toEqual([
      254,
      expect.stringMatching(/chain: it has broadcast, .*link/),
    ]);
  });

  it('should print a part without actions', () => {
    const part = ['--state', 'running.storing', '--brief'];
    const { status, stdout } = diagram(...part, '--format', 'mermaid');
    expect([status, stdout]).toEqual([0, BRIEF_STORING]);
  });

  it.each([
    [
      ['--state', 'running.asleep'],
      /broadcast has no state running.asleep: it has .*running.storing/,
    ],
    [['--brief', '--format', 'json'], /json writes a whole machine: leave out --state and --brief/],
  ])('should say what is wrong with %j', (args, expected) => {
    const { status, stderr } = diagram(...args);
    expect([status, stderr]).toEqual([254, expect.stringMatching(expected)]);
  });

  it.each([
    ['svg', /^<svg /],
    ['mermaid', /^stateDiagram-v2\n/],
    ['json', /^\{\n {2}"id": "echo"/],
  ])('should print %s', (format, expected) => {
    const { status, stdout } = spawnSync(labBin, ['diagram', echoBin, '--format', format], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(expected)]);
  });
});
