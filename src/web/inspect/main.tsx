import { render } from 'preact';
import spaceTimeStyle from '../shared/space-time/space-time.css';
import themeStyle from '../shared/theme.css';
import inspectStyle from './inspect.css';
import { Viewer } from './viewer.tsx';

const style = document.createElement('style');
style.textContent = [themeStyle, spaceTimeStyle, inspectStyle].join('\n');
document.head.append(style);

const root = document.getElementById('viewer') as HTMLElement;
root.replaceChildren();
render(<Viewer />, root);
