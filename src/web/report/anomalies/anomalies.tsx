import { useState } from 'preact/hooks';
import type { Picture } from '../../../lab/anomalies/picture.ts';
import { CycleGraph } from './cycle-graph.tsx';
import { LogTable } from './log-table.tsx';
import { RangeChart } from './range-chart.tsx';
import { Timeline } from './timeline.tsx';

/** What is wrong, a picture at a time. */
export function Anomalies({ pictures }: { pictures: readonly Picture[] }) {
  const [chosen, setChosen] = useState(0);
  const picture = pictures[chosen];
  if (!picture) return null;
  return (
    <section id="anomalies">
      <h2>What is wrong</h2>
      {pictures.length > 1 && (
        <nav aria-label="What is wrong">
          {pictures.map(({ title }, index) => (
            <button
              key={index}
              type="button"
              aria-pressed={index === chosen}
              onClick={() => setChosen(index)}
            >
              {title}
            </button>
          ))}
        </nav>
      )}
      <h3>{picture.title}</h3>
      {picture.words.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Drawing key={chosen} picture={picture} />
    </section>
  );
}

function Drawing({ picture }: { picture: Picture }) {
  if (picture.kind === 'timeline') return <Timeline picture={picture} />;
  if (picture.kind === 'cycle') return <CycleGraph picture={picture} />;
  return picture.kind === 'log' ? <LogTable picture={picture} /> : <RangeChart picture={picture} />;
}
