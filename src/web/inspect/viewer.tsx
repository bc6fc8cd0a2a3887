import { useEffect, useRef, useState } from 'preact/hooks';
import { Roster } from '../../inspect/roster.ts';
import type { ViewMessage, ViewRecord } from '../../lab/inspect/view-message.ts';
import { Focus } from './charts/focus.tsx';
import { Nodes } from './charts/nodes.tsx';
import { Panes } from './panes/panes.tsx';
import { firstAfter, lastUpTo } from './recording/ascending.ts';
import type { Position } from './recording/recording.ts';
import { EventsView } from './records/events-view.tsx';
import { type Filters, noFilters, useFiltered } from './records/filters.ts';
import { MessagesView } from './records/messages-view.tsx';
import { Forwarder } from './session/forward.ts';
import type { Session } from './session/session.ts';
import { useKeys } from './session/use-keys.ts';
import { usePlayback } from './session/use-playback.ts';
import { useSavedRuns } from './session/use-saved-runs.ts';
import { useSession } from './session/use-session.ts';
import { toggled } from '../shared/toggled.ts';
import { Toolbar } from './toolbar.tsx';

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
    Escape: () => {
      if (selected !== undefined) setSelected(undefined);
      else setOpened(undefined);
    },
  });

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
        <Panes name="nodes and story" kind="columns" part={0.5}>
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
            <Nodes
              recording={recording}
              position={position}
              charts={charts}
              picked={filters.nodes}
              onPick={pick}
              onOpen={setOpened}
            >
              {run === null ? <Welcome /> : <SavedRunState session={session} run={run} />}
            </Nodes>
          )}
          <Panes name="messages and events" kind="rows" part={0.36}>
            <MessagesView
              recording={recording}
              revision={revision}
              playback={playback}
              picked={filters.nodes}
              onPick={pick}
              selected={message}
              onSelect={selectMessage}
            />
            <EventsView
              recording={recording}
              listed={listed}
              position={position}
              selected={selected}
              filters={filters}
              onFilters={setFilters}
              onSelect={(next) => (next === undefined ? setSelected(undefined) : select(next))}
            />
          </Panes>
        </Panes>
      </main>
    </>
  );
}

/** Why nothing of a saved run is to be seen. */
function SavedRunState({ session, run }: { session: Session; run: string }) {
  if (session.isConnected || session.end) return <p class="welcome">Loading {run} …</p>;
  return (
    <div class="welcome">
      <h2>This run cannot be shown</h2>
      <p>
        There is no inspected run <code>{run}</code> in the store of this server: runs are inspected
        when they are started with <code>--inspect</code>.
      </p>
    </div>
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
