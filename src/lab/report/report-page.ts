import { createHash } from 'node:crypto';
import type { ReportData } from './report-data.ts';

/** The licences of what the page's script contains ask for this. */
const NOTICE =
  'Contains Preact, © Jason Miller, and uPlot, © Leon Sorokin, both under the MIT licence: https://opensource.org/license/mit';

/**
 * The page of a report. It needs nothing but itself and may load nothing: its policy lets only this
 * very script run.
 *
 * @param script the page's program
 */
export function toReportPage(data: ReportData, script: string): string {
  const inlined = `\n${keepInside(script)}\n`;
  const hash = createHash('sha256').update(inlined).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(`${data.run.workload} ${data.run.name}`)}</title>`,
    '<link rel="icon" href="data:,">',
    `<!-- ${NOTICE} -->`,
    '<body>',
    '<main id="report">This report is drawn by its script: allow scripts to see it.</main>',
    `<script type="application/json" id="report-data">${embedJson(data)}</script>`,
    `<script>${inlined}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A script whose texts neither end its element nor open a comment in it. */
function keepInside(script: string): string {
  return script.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`<\!--`);
}

/** A value as JSON that may stand in a script element: nothing in it can end the element. */
function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

/** A text as HTML shows it, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
