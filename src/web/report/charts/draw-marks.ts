import type uPlot from 'uplot';

/** Marks of one kind: where they are on the chart, and how they look. */
export interface Marks {
  times: readonly number[];
  /** Null where there is no mark. */
  values: readonly (number | null)[];
  colour: string;
  shape: 'dot' | 'cross' | 'ring';
}

/** Half the size of a mark, in CSS pixels. */
const RADIUS = 2.2;
const FULL_TURN = 2 * Math.PI;

/** Draws marks on a chart, those that went well under those that did not. */
export function drawMarks(chart: uPlot, kinds: readonly Marks[]): void {
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  const order = kinds.toSorted((a, b) => Number(a.shape !== 'dot') - Number(b.shape !== 'dot'));
  for (const { times, values, colour, shape } of order) {
    ctx.fillStyle = colour;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.6 * ratio;
    ctx.setLineDash([]);
    ctx.beginPath();
    const radius = RADIUS * ratio * (shape === 'dot' ? 1 : 1.5);
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      const x = chart.valToPos(times[index] as number, 'x', true);
      const y = chart.valToPos(value, 'y', true);
      if (shape === 'cross') {
        ctx.moveTo(x - radius, y - radius);
        ctx.lineTo(x + radius, y + radius);
        ctx.moveTo(x - radius, y + radius);
        ctx.lineTo(x + radius, y - radius);
      } else {
        ctx.moveTo(x + radius, y);
        ctx.arc(x, y, radius, 0, FULL_TURN);
      }
    }
    if (shape === 'dot') ctx.fill();
    else ctx.stroke();
  }
  ctx.restore();
}
