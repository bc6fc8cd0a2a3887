/** How much of what the cluster knows a node has. */
export function KnowledgeBar({ known, inAll }: { known: number; inAll: number }) {
  const percent = inAll === 0 ? 100 : Math.min(100, (100 * known) / inAll);
  return (
    <div class="knowledge" title={`${known} of the cluster's ${inAll} values`}>
      <span class="track">
        <span
          class={`fill${known < inAll ? ' behind' : ''}`}
          style={{ transform: `scaleX(${percent / 100})` }}
        />
      </span>
      <span class="count">
        {known} of {inAll}
      </span>
    </div>
  );
}
