import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page is made of, by the path under which it is served. */
export type PageFiles = ReadonlyMap<string, { type: string; content: string | Buffer }>;

/** The page's program, which the build puts beside the bundle that this file ends in. */
const SCRIPT_FILE = join(import.meta.dirname, 'inspect.js');

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>lab inspect</title>
<link rel="icon" href="data:,">
<body>
<div id="viewer">This page is drawn by its script: allow scripts to see it.</div>
<script src="inspect.js"></script>
</body>
</html>
`;

/** Reads the viewer as it was built. */
export function readPageFiles(): PageFiles {
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', content: PAGE }],
    ['/inspect.js', { type: 'text/javascript; charset=utf-8', content: readFileSync(SCRIPT_FILE) }],
  ]);
}
