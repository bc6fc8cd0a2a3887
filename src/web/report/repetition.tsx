import type { RunInfo } from '../../lab/report/report-data.ts';
import { CopyButton } from './copy-button.tsx';

/** How to have this run again, and what exactly it was. */
export function Repetition({ run }: { run: RunInfo }) {
  const { command, typed, node, isSimulated } = run;
  return (
    <section class="repetition" aria-label="To repeat it">
      <h2>Repeat it</h2>
      <Command text={command} />
      <p class="hint">
        {isSimulated
          ? 'In simulated time the seed determines all that is random: it will be the same run, message for message.'
          : 'On real processes the same is asked and the same faults strike at the same times; what the nodes make of it may differ.'}
      </p>
      <dl class="summary">
        <div>
          <dt>every node ran</dt>
          <dd>
            <code>
              <Words text={[node.bin, ...node.args].join(' ')} />
            </code>
          </dd>
        </div>
        {typed !== command && (
          <div>
            <dt>as it was typed</dt>
            <dd>
              <code>
                <Words text={typed} />
              </code>
            </dd>
          </div>
        )}
      </dl>
      <details>
        <summary>All options, with those by default</summary>
        <dl class="summary">
          {optionsOf(run).map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <code>
        <Words text={text} />
      </code>
      <CopyButton text={text} />
    </div>
  );
}

/** A line breaks between words, not at their hyphens. */
function Words({ text }: { text: string }) {
  return text.split(' ').flatMap((word, index) => [
    index > 0 && ' ',
    <span key={index} class="word">
      {word}
    </span>,
  ]);
}

/** Options by name; of those that consist of parts, the parts. */
function optionsOf({ options, seed }: RunInfo): [name: string, text: string][] {
  return Object.entries<unknown>({ ...options, seed }).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (typeof value !== 'object' || Array.isArray(value)) return [[inWords(name), textOf(value)]];
    return Object.entries(value).map(([part, inner]): [string, string] => [
      name === 'settings' ? inWords(part) : `${inWords(name)} ${inWords(part)}`,
      textOf(inner),
    ]);
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** `timeLimitSeconds` as `time limit seconds`. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
