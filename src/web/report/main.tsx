import { render } from 'preact';

render(<p>Report</p>, document.getElementById('report') as HTMLElement);
