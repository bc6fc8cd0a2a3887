import type { Recording } from '../recording/recording.ts';
import { type Change, changesBetween, unchangedMembers } from './changes.ts';
import { JsonCode, JsonText, shortJson } from './json-text.tsx';

/** What a transition changed of what an actor remembers; the rest is there to be unfolded. */
export function ContextChange({
  before,
  after,
  recording,
}: {
  before: unknown;
  after: unknown;
  recording: Recording;
}) {
  if (typeof after !== 'object' || after === null) return null;
  const isFirst = before === undefined;
  const changes = isFirst ? [] : changesBetween(before, after);
  const rest = isFirst ? (after as object) : unchangedMembers(before, after);
  const count = Object.keys(rest).length;
  return (
    <section class="context">
      <h3>Context</h3>
      {!isFirst && changes.length === 0 && <p class="muted">Nothing in it has changed.</p>}
      {changes.length > 0 && (
        <dl class="changes">
          {changes.map((change) => (
            <ChangedPart key={change.path} change={change} recording={recording} />
          ))}
        </dl>
      )}
      {count > 0 && (
        <details open={isFirst}>
          <summary>{isFirst ? `${count} at first` : `${count} unchanged`}</summary>
          <JsonText value={rest} recording={recording} />
        </details>
      )}
    </section>
  );
}

function ChangedPart({ change, recording }: { change: Change; recording: Recording }) {
  const { path, was, is } = change;
  const isExact = shortJson(was, recording) === shortJson(is, recording);
  return (
    <div>
      <dt>{path}</dt>
      <dd>
        {was === undefined ? (
          <span class="muted">new</span>
        ) : (
          <>
            <span class="visually-hidden">before</span>
            <JsonCode kind="was" value={was} recording={recording} isExact={isExact} />
          </>
        )}
        <span class="arrow"> → </span>
        {is === undefined ? (
          <span class="muted">gone</span>
        ) : (
          <>
            <span class="visually-hidden">after</span>
            <JsonCode kind="is" value={is} recording={recording} isExact={isExact} />
          </>
        )}
      </dd>
    </div>
  );
}
