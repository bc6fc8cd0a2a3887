import type { CyclePicture } from '../../../lab/anomalies/picture.ts';
import { type Arrow, type Box, layOutCycle, LINE_HEIGHT } from './cycle-layout.ts';

/** How many characters fit in a box. */
const MAX_CHARACTERS = 31;
const CHARACTER_WIDTH = 8;

/** What the kinds of edges mean. */
const meanings: Record<string, string> = {
  ww: 'overwritten by',
  wr: 'read by',
  rw: 'read before',
  'ww-inferred': 'overwritten by',
  'ww-timed': 'overwritten by, by time',
  'rw-timed': 'read before, by time',
  time: 'earlier than',
};

/** Transactions with what each did and saw, and why each has to come before the next. */
export function CycleGraph({ picture }: { picture: CyclePicture }) {
  const { boxes, arrows, width, height } = layOutCycle(picture);
  return (
    <>
      <div
        class="cycle"
        tabIndex={0}
        role="group"
        aria-label="Transactions, and why each comes before the next"
      >
        <svg width={width} height={height} role="img" aria-label={picture.title}>
          <defs>
            <marker
              id="arrowhead"
              viewBox="0 0 8 8"
              refX="8"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 z" />
            </marker>
          </defs>
          {picture.edges.map((edge, index) => (
            <Edge key={index} edge={edge} arrow={arrows[index]} />
          ))}
          {picture.transactions.map((transaction) => (
            <Transaction
              key={transaction.name}
              transaction={transaction}
              box={boxes.get(transaction.name) as Box}
            />
          ))}
        </svg>
      </div>
      <ul class="reasons">
        {picture.edges.map(({ from, to, type, why }) => (
          <li key={`${from}${to}`}>
            <b>
              {from} → {to}
            </b>{' '}
            <code>{type}</code> {why}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Of a long list the last elements tell most. */
function shorten(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, 11)}…${text.slice(text.length - MAX_CHARACTERS + 12)}`;
}

function Edge({
  edge: { type, key },
  arrow,
}: {
  edge: CyclePicture['edges'][number];
  arrow: Arrow | undefined;
}) {
  if (!arrow) return null;
  const { from, to, label } = arrow;
  const text = key === null ? type : `${type} ${key}`;
  return (
    <g class={`edge ${type}`}>
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} marker-end="url(#arrowhead)" />
      <rect
        x={label.x - (text.length * CHARACTER_WIDTH) / 2}
        y={label.y - LINE_HEIGHT / 2}
        width={text.length * CHARACTER_WIDTH}
        height={LINE_HEIGHT}
      />
      <text x={label.x} y={label.y}>
        {text}
        <title>{meanings[type]}</title>
      </text>
    </g>
  );
}

function Transaction({
  transaction,
  box,
}: {
  transaction: CyclePicture['transactions'][number];
  box: Box;
}) {
  const { name, process, invoked, completed, outcome, operations } = transaction;
  const left = box.x - box.width / 2;
  const top = box.y - box.height / 2;
  const events = completed === null ? `event ${invoked} on` : `events ${invoked} to ${completed}`;
  return (
    <g class={`transaction ${outcome}`}>
      <rect x={left} y={top} width={box.width} height={box.height} rx="6" />
      <text x={left + 10} y={top + 20}>
        <tspan class="name">{name}</tspan> process {process}, {events}, {outcome}
      </text>
      {operations.map((text, index) => (
        <text key={index} class="operation" x={left + 10} y={top + 40 + index * LINE_HEIGHT}>
          {shorten(text)}
          <title>{text}</title>
        </text>
      ))}
    </g>
  );
}
