import { beginOfRun, formatLocalTime } from '../shared/local-time.ts';
import type { Session } from './session/session.ts';
import type { Playback } from './session/use-playback.ts';

const SPEEDS = [0.01, 0.1, 0.5, 1, 2, 10];

/** What moves through time, and what is shown. */
export function Toolbar({
  session,
  playback,
  run,
  runs,
  onRun,
  onStep,
  onClear,
  onForward,
}: {
  session: Session;
  playback: Playback;
  /** The saved run that is shown, or `null` for what happens now. */
  run: string | null;
  runs: readonly string[];
  onRun: (run: string | null) => void;
  onStep: (by: 1 | -1) => void;
  onClear: () => void;
  onForward: (() => void) | undefined;
}) {
  const { recording, isConnected, end } = session;
  const { kind, position, seconds, speed } = playback;
  const isSaved = run !== null;
  return (
    <header class="toolbar">
      <h1>lab inspect</h1>
      <select
        aria-label="What is shown"
        value={run ?? ''}
        onChange={({ currentTarget }) => onRun(currentTarget.value || null)}
      >
        <option value="">live</option>
        {[...new Set([...(run ? [run] : []), ...runs])].map((name) => (
          <option key={name} value={name}>
            {describeRun(name)}
          </option>
        ))}
      </select>
      <span class={`connection ${isConnected || end ? 'on' : 'off'}`} role="status">
        {describeState(session, isSaved)}
      </span>
      {isSaved && isConnected && !end && <progress aria-label="The saved run is loading" />}
      <div class="buttons">
        <button
          type="button"
          aria-label="One step back"
          title="One step back (←)"
          onClick={() => onStep(-1)}
        >
          ◀
        </button>
        {kind === 'paused' ? (
          <button
            type="button"
            class="main"
            title="Go on from here (space)"
            onClick={playback.play}
          >
            ▶ Play
          </button>
        ) : (
          <button type="button" class="main" title="Stop here (space)" onClick={playback.pause}>
            ❚❚ Pause
          </button>
        )}
        <button
          type="button"
          aria-label="One step on"
          title="One step on (→)"
          onClick={() => onStep(1)}
        >
          ▶
        </button>
        {!isSaved && (
          <button
            type="button"
            class="live"
            aria-pressed={kind === 'live'}
            onClick={playback.goLive}
          >
            ● Live
          </button>
        )}
        <select
          aria-label="Speed"
          value={speed}
          onChange={({ currentTarget }) => playback.setSpeed(Number(currentTarget.value))}
        >
          {SPEEDS.map((factor) => (
            <option key={factor} value={factor}>
              {factor}×
            </option>
          ))}
        </select>
      </div>
      <input
        type="range"
        aria-label="Moment"
        min={recording.first}
        max={Math.max(recording.first, recording.end - 1)}
        value={position}
        onInput={({ currentTarget }) => playback.seek(Number(currentTarget.value))}
      />
      <output class="moment">{seconds.toFixed(3)} s</output>
      {!isSaved && (
        <button type="button" onClick={onClear} title="Forget what was seen">
          Clear
        </button>
      )}
      {onForward && (
        <button
          type="button"
          onClick={onForward}
          title="Opens it and tells it all that is told here"
        >
          Stately inspector ↗
        </button>
      )}
    </header>
  );
}

function describeState({ recording, isConnected, end }: Session, isSaved: boolean): string {
  const title = recording.title ?? (isSaved ? '' : 'waiting for nodes');
  if (end)
    return end.leftOut > 0 ? `${title}; its last ${end.leftOut} records are left out` : title;
  if (isSaved && isConnected) return `loading: ${recording.records.length} records so far`;
  if (isConnected) return title;
  return isSaved ? 'this run cannot be shown' : 'no connection: is lab inspect running?';
}

/** A saved run by its workload and the local time at which it began. */
function describeRun(run: string): string {
  const [workload = '', name = ''] = run.split('/');
  const began = beginOfRun(name);
  return began ? `${workload}, ${formatLocalTime(began)}` : run;
}
