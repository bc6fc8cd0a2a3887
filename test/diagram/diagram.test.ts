import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { type Chart, readChart } from '../../src/diagram/chart.ts';
import { briefOf, partOf } from '../../src/diagram/excerpt.ts';
import { layOut } from '../../src/diagram/layout.ts';
import { toSvg } from '../../src/diagram/svg.ts';
import { ownMachines, pictures } from '../support/charts/own-machines.ts';

const names = [...ownMachines.keys()];
const chartOf = (name: string) => readChart(ownMachines.get(name) as AnyStateMachine);

describe('the picture of a machine', () => {
  it('should lie beside each of the project, and beside nothing else', () => {
    expect([...pictures.keys()].toSorted()).toEqual([...names, 'roles'].toSorted());
  });

  it.each(names)('the picture of %s should be what the machine draws today', async (name) => {
    // When this fails: npm run build && bin/lab diagram machines/NODE/NODE.ts --machine NAME > …
    expect(readFileSync(pictures.get(name) as string, 'utf8')).toBe(await toSvg(chartOf(name)));
  });

  it('should be what the machine draws today where it is of a part', async () => {
    // When this fails: npm run build && bin/lab diagram bin/lin-kv --state running.role --brief > …
    const roles = briefOf(partOf(chartOf('lin-kv'), 'running.role') as Chart);
    expect(readFileSync(pictures.get('roles') as string, 'utf8')).toBe(await toSvg(roles));
  });

  it('should name every state, event, guard, action, delay and invoked actor', async () => {
    const svg = await toSvg(chartOf('broadcast'));
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
      .map(([, text]) => text)
      .join('\n');
    for (const state of [
      'broadcast',
      'uninitialised',
      'running',
      'awaitingTopology',
      'gossipingInFull',
      'stopped',
    ]) {
      expect(texts).toMatch(new RegExp(`^${state}$`, 'm'));
    }
    expect(texts).toContain('invoke wire');
    expect(texts).toContain('topology [topologyFits] / rememberNeighbours, acknowledge');
    expect(texts).toContain('always [gossipsInFull]');
    expect(texts).toContain('after gossipInterval');
    expect(texts).not.toContain('xstate.');
  });

  it.each(names)(
    '%s: should have no two states overlap, but one that lies inside the other',
    async (name) => {
      const { states } = await layOut(chartOf(name));
      for (const a of states) {
        for (const b of states) {
          const isInside = `${b.state.path}.`.startsWith(`${a.state.path}.`) || a.state.path === '';
          const isApart =
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y;
          const isContained =
            a.x <= b.x &&
            a.y <= b.y &&
            b.x + b.width <= a.x + a.width &&
            b.y + b.height <= a.y + a.height;
          const isOuterSide = a.state.path.startsWith(b.state.path);
          expect(isInside ? isContained : isApart || isOuterSide).toBe(true);
        }
      }
    },
  );
});
