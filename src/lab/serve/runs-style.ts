/** How the list of runs looks. Where there is no room for a table, each run is a card. */
export const runsStyle = `
  :root { color-scheme: light dark;
    --surface: light-dark(#fdfdfc, #15181c); --raised: light-dark(#f4f4f1, #1e2227);
    --ink: light-dark(#1d2126, #e6e8ea); --muted: light-dark(#5a616a, #a7aeb7);
    --line: light-dark(#dfe0dc, #31363d); --accent: light-dark(#2458c5, #7fa8ff);
    --good: light-dark(#16733f, #4fc88a); --bad: light-dark(#c62f3b, #ff7b83);
    --doubt: light-dark(#8f5600, #eab04d); }
  body { margin: 0; font: 14px/1.45 system-ui, sans-serif; background: var(--surface); color: var(--ink); }
  main { max-width: 1600px; margin: 0 auto; padding: 16px 24px 48px; }
  h1 { margin: 0 0 10px; font-size: 22px; }
  table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  th, td { padding: 6px 12px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
  th { font-size: 12px; font-weight: normal; vertical-align: bottom; color: var(--muted); }
  tbody tr:hover { background: var(--raised); }
  td:nth-child(2) { width: 32%; overflow-wrap: anywhere; }
  td:nth-child(n + 3) { white-space: nowrap; }
  td p { display: -webkit-box; overflow: hidden; margin: 1px 0 0; font-size: 13px; color: var(--muted);
    -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
  code { margin-left: 4px; font: 12.5px ui-monospace, monospace; }
  a { color: var(--accent); }
  .good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); }
  .muted { color: var(--muted); } .accent { color: var(--accent); }
  @media (max-width: 1100px) {
    main { padding: 12px 14px 40px; }
    table, tbody { display: block; }
    thead { display: none; }
    tr { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 10px 0; border-bottom: 1px solid var(--line); }
    td { padding: 0; border: 0; }
    td:empty { display: none; }
    td:nth-child(2) { flex: 1 1 70%; width: auto; }
    td:nth-child(n + 4)::before { content: attr(data-name) ' '; color: var(--muted); }
  }
`;
