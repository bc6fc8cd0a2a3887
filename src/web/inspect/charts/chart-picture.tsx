import { memo } from 'preact/compat';
import type { ChartLayout, PlacedEdge, PlacedState } from '../../../diagram/layout.ts';
import { EDGE_LABEL, LINE_HEIGHT, STATE } from '../../../diagram/metrics.ts';
import type { TakenTransition } from '../../../inspect/inspection-event.ts';
import type { Size } from '../../shared/use-size.ts';
import type { Camera } from './camera.ts';

type Points = PlacedEdge['points'];

/** A part of a statechart, with its active states lit and the transitions that led to them. */
export function ChartPicture({
  title,
  layout,
  camera,
  size,
  active,
  taken,
}: {
  title: string;
  layout: ChartLayout;
  camera: Camera;
  size: Size;
  /** The paths of the active states; none when the actor is no more. */
  active: ReadonlySet<string>;
  taken: readonly TakenTransition[];
}) {
  if (size.width === 0 || size.height === 0) return null;
  const { x, y, scale } = camera;
  return (
    <svg
      class="chart"
      viewBox={`${x} ${y} ${size.width / scale} ${size.height / scale}`}
      width={size.width}
      height={size.height}
      role="img"
      aria-label={title}
    >
      <Drawing layout={layout} active={active} taken={taken} />
    </svg>
  );
}

const Drawing = memo(
  function Drawing({
    layout,
    active,
    taken,
  }: {
    layout: ChartLayout;
    active: ReadonlySet<string>;
    taken: readonly TakenTransition[];
  }) {
    const { states, edges, initials } = layout;
    return (
      <>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M 0 0 L 10 5 L 0 10 z" fill="context-stroke" />
          </marker>
        </defs>
        {states.map((state) => (
          <State key={state.state.path} placed={state} isActive={active.has(state.state.path)} />
        ))}
        {initials.map(({ dot, points }, index) => (
          <g key={index} class="initial">
            <circle cx={dot.x + dot.width / 2} cy={dot.y + dot.height / 2} r={dot.width / 2} />
            <Arrow points={points} />
          </g>
        ))}
        {edges.map((edge, index) => (
          <Edge key={index} placed={edge} isTaken={taken.some((one) => isOf(one, edge))} />
        ))}
      </>
    );
  },
  (before, after) =>
    before.layout === after.layout &&
    before.taken === after.taken &&
    before.active.size === after.active.size &&
    [...before.active].every((path) => after.active.has(path)),
);

const State = memo(function State({
  placed,
  isActive,
}: {
  placed: PlacedState;
  isActive: boolean;
}) {
  const { state, lines, x, y, width, height } = placed;
  const isOuter = state.children.length > 0;
  const ruleY = y + STATE.titleHeight;
  return (
    <g
      class={`state${isOuter ? ' outer' : ''}${isActive ? ' active' : ''}`}
      data-state={state.path}
    >
      <title>{state.path || state.key}</title>
      <rect x={x} y={y} width={width} height={height} rx="7" />
      {state.type === 'final' && (
        <rect x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="5" />
      )}
      <text class="title" x={x + STATE.padding} y={y + 19}>
        {state.key}
      </text>
      {(lines.length > 0 || isOuter) && <path class="rule" d={`M ${x} ${ruleY} h ${width}`} />}
      {lines.map((line, index) => (
        <text
          key={index}
          class="line"
          x={x + STATE.padding}
          y={ruleY + STATE.padding / 2 + (index + 0.75) * LINE_HEIGHT}
        >
          {line}
        </text>
      ))}
    </g>
  );
});

const Edge = memo(function Edge({ placed, isTaken }: { placed: PlacedEdge; isTaken: boolean }) {
  const { points, label } = placed;
  return (
    <g class={`edge${isTaken ? ' taken' : ''}`}>
      <Arrow points={points} />
      {label.lines.length > 0 && (
        <rect x={label.x} y={label.y} width={label.width} height={label.height} rx="3" />
      )}
      {label.lines.map((line, index) => (
        <text
          key={index}
          x={label.x + EDGE_LABEL.padding}
          y={label.y + EDGE_LABEL.padding + (index + 0.75) * LINE_HEIGHT}
        >
          {line}
        </text>
      ))}
    </g>
  );
});

function Arrow({ points }: { points: Points }) {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'} ${x} ${y}`).join(' ');
  return <path d={path} marker-end="url(#arrow)" />;
}

function isOf({ source, targets, trigger, guard }: TakenTransition, { edge }: PlacedEdge): boolean {
  if (edge.source !== source || !targets.includes(edge.target)) return false;
  const isOutline = edge.trigger === '';
  return isOutline || (edge.trigger === trigger && (edge.guard ?? null) === guard);
}
