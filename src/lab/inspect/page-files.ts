import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page is made of, by the path under which it is served. */
export type PageFiles = ReadonlyMap<string, { type: string; content: string | Buffer }>;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>lab inspect</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="inspect.css">
</head>
<body>
<noscript>This page shows what happens by means of JavaScript.</noscript>
<script type="module" src="inspect.js"></script>
</body>
</html>
`;

/** Reads the viewer as it was built into a folder. */
export function readPageFiles(folder: string): PageFiles {
  const read = (name: string) => readFileSync(join(folder, name));
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', content: PAGE }],
    ['/inspect.js', { type: 'text/javascript; charset=utf-8', content: read('inspect.js') }],
    ['/inspect.css', { type: 'text/css; charset=utf-8', content: read('inspect.css') }],
  ]);
}
