import { render } from 'preact';
import uplotStyle from 'uplot/dist/uPlot.min.css';
import type { ReportData } from '../../lab/report/report-data.ts';
import spaceTimeStyle from '../shared/space-time/space-time.css';
import themeStyle from '../shared/theme.css';
import anomaliesStyle from './anomalies/anomalies.css';
import reportStyle from './report.css';
import { Report } from './report.tsx';

const style = document.createElement('style');
style.textContent = [uplotStyle, themeStyle, spaceTimeStyle, reportStyle, anomaliesStyle].join(
  '\n',
);
document.head.append(style);

const text = document.getElementById('report-data')?.textContent ?? '';
const root = document.getElementById('report') as HTMLElement;
root.replaceChildren();
render(<Report data={JSON.parse(text) as ReportData} />, root);
