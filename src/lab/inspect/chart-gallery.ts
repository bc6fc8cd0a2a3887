import { createMachine } from 'xstate';
import { readChart } from '../../diagram/chart.ts';
import { outlineOf } from '../../diagram/excerpt.ts';
import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import type { ChartLayouts, DrawnChart, ViewRecord } from './view-message.ts';

/** More charts than this, or larger definitions, are not drawn: whoever sends them is no node. */
const MAX_CHARTS = 100;
const MAX_DEFINITION_CHARACTERS = 256 * 1024;

/** Draws each statechart that actors run, once. */
export class ChartGallery {
  readonly #onChart: (chart: DrawnChart) => void;
  readonly #ids = new Map<string, number | null>();
  readonly #drawn: DrawnChart[] = [];

  /** @param onChart told of every chart that has been drawn */
  constructor(onChart: (chart: DrawnChart) => void) {
    this.#onChart = onChart;
  }

  get drawn(): readonly DrawnChart[] {
    return this.#drawn;
  }

  /** A record as viewers take it; its chart, should it be new, follows when it has been drawn. */
  toView(record: InspectionRecord): ViewRecord {
    if (record.type !== '@xstate.actor') return record;
    const { definition } = record;
    return {
      ...record,
      definition: undefined,
      chart: definition === undefined ? null : this.#idOf(definition),
    };
  }

  #idOf(definition: string): number | null {
    const known = this.#ids.get(definition);
    if (known !== undefined) return known;
    if (this.#ids.size >= MAX_CHARTS || definition.length > MAX_DEFINITION_CHARACTERS) return null;
    const id = isStatechart(definition) ? this.#ids.size : null;
    this.#ids.set(definition, id);
    if (id !== null) void this.#draw(id, definition);
    return id;
  }

  async #draw(id: number, definition: string): Promise<void> {
    const chart = { id, definition, layouts: await layOutDefinition(definition) };
    this.#drawn.push(chart);
    this.#onChart(chart);
  }
}

async function layOutDefinition(definition: string): Promise<ChartLayouts | null> {
  const { layOut } = await import('../../diagram/layout.ts'); // the layout engine is large: only now
  try {
    const chart = readChart(createMachine(JSON.parse(definition)));
    return { full: await layOut(chart), outline: await layOut(outlineOf(chart)) };
  } catch {
    return null; // no machine that XState could run
  }
}

function isStatechart(definition: string): boolean {
  try {
    return JSON.parse(definition)?.states !== undefined;
  } catch {
    return false;
  }
}
