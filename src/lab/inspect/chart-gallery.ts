import { createMachine } from 'xstate';
import { readChart } from '../../diagram/chart.ts';
import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import type { DrawnChart, ViewRecord } from './view-message.ts';

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
    const { definition, ...rest } = record;
    return { ...rest, chart: definition === undefined ? null : this.#idOf(definition) };
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
    const { layOut } = await import('../../diagram/layout.ts'); // the layout engine is large: only now
    try {
      const layout = await layOut(readChart(createMachine(JSON.parse(definition))));
      const chart = { id, definition, layout };
      this.#drawn.push(chart);
      this.#onChart(chart);
    } catch {
      // It is no machine that XState could run: its actor is shown without a chart.
    }
  }
}

function isStatechart(definition: string): boolean {
  try {
    return JSON.parse(definition)?.states !== undefined;
  } catch {
    return false;
  }
}
