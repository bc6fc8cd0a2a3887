import { useEffect, useRef, useState } from 'preact/hooks';
import { Roster } from '../../inspect/roster.ts';
import type { ViewMessage, ViewRecord } from '../../lab/inspect/view-message.ts';
import { Detail } from './detail/detail.tsx';
import { type Filters, noFilters, useFiltered, useKinds } from './records/filters.ts';
import { Focus } from './charts/focus.tsx';
import { Forwarder } from './session/forward.ts';
import { MessagesView } from './records/messages-view.tsx';
import { NodeCard } from './charts/node-card.tsx';
import { RecordFilters } from './records/record-filters.tsx';
import { RecordList } from './records/record-list.tsx';
import { firstAfter, lastUpTo } from './recording/ascending.ts';
import type { Position } from './recording/recording.ts';
import { toggled } from './toggled.ts';
import { Toolbar } from './toolbar.tsx';
import { useKeys } from './session/use-keys.ts';
import { usePlayback } from './session/use-playback.ts';
import { useSavedRuns } from './session/use-saved-runs.ts';
import { useSession } from './session/use-session.ts';

/** The page: what happens in a cluster, as it happens or in retrospect. */
export function Viewer() {
  const [run, setRun] = useState(() => new URLSearchParams(location.search).get('run'));
  const forwarder = useRef<Forwarder | undefined>(undefined);
  const { session, revision } = useSession(run, (message) => passOn(forwarder.current, message));
  const { recording, charts, generation, forwardUrl } = session;
  const playback = usePlayback(recording, generation, run !== null);
  const { position } = playback;
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [selected, setSelected] = useState<Position | undefined>(undefined);
  const [message, setMessage] = useState<number | undefined>(undefined);
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const listed = useFiltered(recording, filters);
  const kinds = useKinds(recording);
  const runs = useSavedRuns(generation);

  useEffect(() => {
    setSelected(undefined);
    setOpened(undefined);
  }, [generation]);
  useEffect(() => setMessage(undefined), [recording]); // messages are numbered anew

  const select = (next: Position) => {
    playback.seek(next);
    setSelected(next);
    setMessage(undefined);
  };
  const selectMessage = (next: number | undefined) => {
    if (next === undefined) return setMessage(undefined);
    const reaction = recording.reactionToMessage(next);
    if (reaction !== undefined) select(reaction);
    setMessage(next);
  };
  const step = (by: 1 | -1) => {
    const next = by === 1 ? firstAfter(listed, position) : lastUpTo(listed, position - 1);
    if (next !== undefined) select(next);
    else playback.pause();
  };
  const pick = (node: string) => setFilters({ ...filters, nodes: toggled(filters.nodes, node) });
  const show = (next: string | null) => {
    setRun(next);
    history.replaceState(null, '', next === null ? '/' : `?run=${encodeURIComponent(next)}`);
  };
  const forward = () => {
    forwarder.current = new Forwarder(forwardUrl as string);
    for (const chart of charts.values()) forwarder.current.addChart(chart);
    const roster = new Roster();
    for (const record of recording.records) roster.add(record);
    forwarder.current.addRecords([...roster.announcement()] as ViewRecord[]);
  };
  useKeys({
    ' ': playback.kind === 'paused' ? playback.play : playback.pause,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    End: playback.goLive,
    Escape: () => setOpened(undefined),
  });

  const nodes = [...recording.nodes.values()];
  const inAll = recording.knownInAll(position);
  const focused = opened === undefined ? undefined : recording.nodes.get(opened);
  return (
    <>
      <Toolbar
        session={session}
        playback={playback}
        run={run}
        runs={runs}
        onRun={show}
        onStep={step}
        onClear={() => session.clear()}
        onForward={forwardUrl === null ? undefined : forward}
      />
      <main>
        {focused ? (
          <Focus
            key={focused.id}
            node={focused}
            recording={recording}
            position={position}
            charts={charts}
            onClose={() => setOpened(undefined)}
          />
        ) : (
          <section class={`nodes${nodes.length > 9 ? ' many' : ''}`}>
            {nodes.length === 0 && <Welcome />}
            {nodes.map((node) => (
              <NodeCard
                key={node.id}
                node={node}
                recording={recording}
                position={position}
                charts={charts}
                inAll={inAll}
                isPicked={filters.nodes.has(node.id)}
                onPick={() => pick(node.id)}
                onOpen={() => setOpened(node.id)}
              />
            ))}
          </section>
        )}
        <section class="story">
          <MessagesView
            recording={recording}
            revision={revision}
            playback={playback}
            picked={filters.nodes}
            onPick={pick}
            selected={message}
            onSelect={selectMessage}
          />
          <section class="events">
            <RecordFilters
              filters={filters}
              kinds={kinds}
              count={listed.length}
              onFilters={setFilters}
            />
            <div class="split">
              <RecordList
                recording={recording}
                positions={listed}
                current={position}
                selected={selected}
                onSelect={select}
              />
              {selected !== undefined && (
                <aside>
                  <button
                    type="button"
                    class="close"
                    title="Close"
                    onClick={() => setSelected(undefined)}
                  >
                    ×
                  </button>
                  <Detail recording={recording} position={selected} onSelect={select} />
                </aside>
              )}
            </div>
          </section>
        </section>
      </main>
    </>
  );
}

function Welcome() {
  const address = `ws://${location.host}`;
  return (
    <div class="welcome">
      <h2>Nothing has been told yet</h2>
      <p>Start a test whose nodes are to be seen here:</p>
      <pre>
        lab test -w broadcast --bin bin/broadcast --node-count 5 --time-limit 20 --rate 10
        --inspect={address}
      </pre>
      <p>or in slow motion, in simulated time:</p>
      <pre>
        lab test -w broadcast --bin bin/broadcast --time-limit 20 --simulate --speed 0.1 --inspect=
        {address}
      </pre>
      <p>
        A single node, or one under Maelstrom, tells it with <code>--inspect={address}</code>. Any
        XState program can, with <code>createWebSocketInspector</code> of{' '}
        <code>@statelyai/inspect</code>.
      </p>
    </div>
  );
}

function passOn(forwarder: Forwarder | undefined, message: ViewMessage): void {
  if (message.type === 'chart') forwarder?.addChart(message.chart);
  if (message.type === 'records') forwarder?.addRecords(message.records);
}
