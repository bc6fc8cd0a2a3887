import { readFileSync, realpathSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join, sep } from 'node:path';
import { reasonToRefuse } from './reason-to-refuse.ts';
import { listRuns } from './list-runs.ts';
import { toRunsPage } from './runs-page.ts';

/** A page sets its own policy, if it needs more than this. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const LIST_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

interface Answer {
  status: number;
  body: string | Buffer;
  headers?: Record<string, string>;
}

/**
 * A server of the runs in a store: their list at `/`, and the report of each at
 * `/<workload>/<name>/`. It gives out nothing else. Let it listen on the loopback only.
 */
export function createRunServer(root: string): Server {
  return createServer((request, response) => {
    const answer = answerTo(request, root);
    response.writeHead(answer.status, { ...headers, ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
}

function answerTo(request: IncomingMessage, root: string): Answer {
  const reason = reasonToRefuse(request);
  if (reason) return note(403, `Refused: ${reason}.`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return note(405, 'Only to be read.');
  const path = (request.url ?? '/').split('?')[0] as string;
  if (path === '/') {
    const body = toRunsPage(listRuns(root));
    return { status: 200, body, headers: { 'content-security-policy': LIST_POLICY } };
  }
  const report = reportAt(path, root);
  return report ? { status: 200, body: report } : note(404, 'There is no such report.');
}

/** The report that a path names. Only paths of runs in the store name one. */
function reportAt(path: string, root: string): Buffer | undefined {
  const match = /^\/([\w-]+)\/(\d{8}T\d{6}\.\d{3}Z(?:-\d+)?)\/$/.exec(path);
  if (!match) return undefined;
  const [, workload, name] = match as unknown as [string, string, string];
  try {
    const file = realpathSync(join(root, workload, name, 'report.html'));
    if (!file.startsWith(realpathSync(root) + sep)) return undefined; // a link that leads elsewhere
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function note(status: number, text: string): Answer {
  return { status, body: `${text}\n`, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}
