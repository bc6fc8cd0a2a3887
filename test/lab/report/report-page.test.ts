import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ReportData } from '../../../src/lab/report/report-data.ts';
import { escapeHtml, toReportPage } from '../../../src/lab/report/report-page.ts';

const hostile = '</script><script>alert(1)</script><!--';

function pageOf(workload: string, script: string): string {
  return toReportPage({ run: { workload, name: 'x' } } as ReportData, script);
}

describe('toReportPage', () => {
  it('should let only its own script run, and load nothing', () => {
    const page = pageOf('broadcast', 'render()');
    const script = /<script>([^]*?)<\/script>/.exec(page)?.[1] as string;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
  });

  it('should keep data and script within their elements, whatever they hold', () => {
    const page = pageOf(hostile, `const text = '${hostile}';`);
    expect(page.match(/<script/g)).toHaveLength(3); // the last stands in a text of the script
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    const data = /id="report-data">([^]*?)<\/script>/.exec(page)?.[1] as string;
    expect(JSON.parse(data).run.workload).toBe(hostile);
  });
});

describe('escapeHtml', () => {
  it('should leave nothing that HTML would take for its own', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;',
    );
  });
});
