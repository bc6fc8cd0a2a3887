import type { ComponentChildren } from 'preact';

const GAP = 14;

/** A note beside the pointer, on the side where there is more room. */
export function Tip({
  x,
  y,
  width,
  children,
}: {
  /** Where the pointer is, within an element that is `width` pixels wide. */
  x: number;
  y: number;
  width: number;
  children: ComponentChildren;
}) {
  const side = x < width / 2 ? { left: `${x + GAP}px` } : { right: `${width - x + GAP}px` };
  return (
    <div class="tip" role="tooltip" style={{ top: `${y + GAP}px`, ...side }}>
      {children}
    </div>
  );
}
