import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { usePart } from './use-part.ts';

const STEP = 0.04;

/** Two panes and a bar between them, which the reader moves by pointer or arrow keys. */
export function Panes({
  name,
  kind,
  part: firstPart,
  children: [first, second],
}: {
  /** Under which the browser remembers where the bar was left. */
  name: string;
  kind: 'columns' | 'rows';
  /** How much of the room is the first pane's, before the reader says otherwise. */
  part: number;
  children: [first: ComponentChildren, second: ComponentChildren];
}) {
  const box = useRef<HTMLDivElement>(null);
  const [part, setPart] = usePart(name, firstPart);
  const isColumns = kind === 'columns';
  const moveTo = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = (box.current as HTMLElement).getBoundingClientRect();
    setPart(isColumns ? (clientX - left) / width : (clientY - top) / height);
  };
  const keys: Record<string, number> = isColumns
    ? { ArrowLeft: -STEP, ArrowRight: STEP }
    : { ArrowUp: -STEP, ArrowDown: STEP };
  const tracks = `minmax(0, ${part}fr) auto minmax(0, ${1 - part}fr)`;
  return (
    <div
      class={`panes ${kind}`}
      ref={box}
      style={isColumns ? { gridTemplateColumns: tracks } : { gridTemplateRows: tracks }}
    >
      <div class="pane">{first}</div>
      <div
        class="bar"
        role="separator"
        tabIndex={0}
        aria-label={`Divides ${name}`}
        aria-orientation={isColumns ? 'vertical' : 'horizontal'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * part)}
        title="Drag to resize; a double click sets it back"
        onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
        onPointerMove={(event) => event.buttons === 1 && moveTo(event)}
        onDblClick={() => setPart(firstPart)}
        onKeyDown={(event) => {
          const step = keys[event.key];
          if (step === undefined) return;
          event.preventDefault();
          setPart(part + step);
        }}
      />
      <div class="pane">{second}</div>
    </div>
  );
}
