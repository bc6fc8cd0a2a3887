import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TimelineBar, TimelinePicture } from '../../../lab/anomalies/picture.ts';
import { formatMoment } from '../../shared/format.ts';
import { barsOf, type Lane } from './timeline-bars.ts';

/** Pixels from one event to the next: what happens in between is left out. */
const STEP = 88;
const LANE_HEIGHT = 26;

const legends: [TimelineBar['role'], string][] = [
  ['ordered', 'in the longest order found, under its number'],
  ['open', 'under way, and in no order yet'],
  ['misfit', 'fits nowhere'],
];

/** A register's operations, a lane a process, and the longest order of them. */
export function Timeline({ picture }: { picture: TimelinePicture }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { lanes, momentCount } = barsOf(picture.operations);
  useLayoutEffect(() => {
    // What fits nowhere comes last.
    if (scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth;
  }, []);
  return (
    <>
      <p class="hint">
        {legends.map(([role, text]) => (
          <span key={role} class="role">
            <i class={role} /> {text}
          </span>
        ))}
        Each step to the right is the next event, whatever time lies in between
        {picture.earlier > 0 && `; ${picture.earlier} earlier operations are left out`}.
      </p>
      <div class="timeline">
        <div class="lanes">
          {lanes.map(({ process }) => (
            <div key={process}>process {process}</div>
          ))}
        </div>
        <div
          class="bars"
          tabIndex={0}
          role="group"
          aria-label="Operations by process, in the order of events"
          ref={scroller}
        >
          <div
            style={{ width: `${momentCount * STEP}px`, height: `${lanes.length * LANE_HEIGHT}px` }}
          >
            {lanes.flatMap((lane, index) => lane.bars.map((bar) => drawBar(bar, index)))}
          </div>
        </div>
      </div>
      <Order picture={picture} />
    </>
  );
}

function drawBar({ bar, from, to }: Lane['bars'][number], lane: number) {
  const { event, role, text, place, state, calledAt, returnedAt } = bar;
  const end = returnedAt === null ? 'still under way' : `to ${formatMoment(returnedAt / 1e9)}`;
  const found = place === undefined ? '' : `\nnumber ${place} of the order; then ${state}`;
  return (
    <div
      key={event}
      class={`bar ${role}${returnedAt === null ? ' endless' : ''}`}
      style={{
        left: `${from * STEP}px`,
        width: `${(to - from) * STEP - 2}px`,
        top: `${lane * LANE_HEIGHT}px`,
      }}
      title={`${text}, event ${event}\n${formatMoment(calledAt / 1e9)} ${end}${found}`}
    >
      {place !== undefined && <b>{place}</b>} {text}
    </div>
  );
}

/** The order step by step, and where it ends. */
function Order({ picture: { operations, states } }: { picture: TimelinePicture }) {
  const ordered = operations
    .filter(({ place }) => place !== undefined)
    .toSorted((a, b) => (a.place as number) - (b.place as number));
  const misfit = operations.find(({ role }) => role === 'misfit');
  return (
    <ol class="order" aria-label="The longest order">
      {ordered.map(({ event, place, text, state }) => (
        <li key={event}>
          <b>{place}</b> {text} <small>then {state}</small>
        </li>
      ))}
      <li class="misfit">
        {misfit?.text} <small>but it can only be {states.join(' or ')}</small>
      </li>
    </ol>
  );
}
