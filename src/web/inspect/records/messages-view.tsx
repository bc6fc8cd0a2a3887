import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { isClientName, type Lane } from '../../shared/space-time/lanes.ts';
import type { MessageTable } from '../../shared/space-time/message-table.ts';
import { SpaceTime } from '../../shared/space-time/space-time.tsx';
import { seriesColour, useTheme } from '../../shared/theme.ts';
import { lengthOf, type TimeRange } from '../../shared/time-range.ts';
import { useSize } from '../../shared/use-size.ts';
import type { Recording } from '../recording/recording.ts';
import { toggled } from '../../shared/toggled.ts';
import type { Playback } from '../session/use-playback.ts';

/** How much of the past is in view at first, in seconds. */
const FIRST_WINDOW = 2;
/** A message that has not arrived after so long is drawn as one that is lost. */
const MAX_TRAVEL_SECONDS = 1;
/** What stays free to the right of the present, as a part of the window. */
const MARGIN = 0.04;

/** The messages between nodes over time, up to where the page stands. */
export function MessagesView({
  recording,
  revision,
  playback,
  picked,
  onPick,
  selected,
  onSelect,
}: {
  recording: Recording;
  revision: number;
  playback: Playback;
  picked: ReadonlySet<string>;
  onPick: (node: string) => void;
  selected: number | undefined;
  onSelect: (message: number | undefined) => void;
}) {
  const { messages } = recording;
  const theme = useTheme();
  const [length, setLength] = useState(FIRST_WINDOW);
  const [hasClients, setHasClients] = useState(false);
  const [hiddenTypes, setHiddenTypes] = useState<ReadonlySet<string>>(new Set());
  const [kept, setKept] = useState<TimeRange | undefined>(undefined);
  const diagram = useRef<HTMLDivElement>(null);
  const room = useSize(diagram);
  const { seconds } = playback;
  const bounds = boundsOf(recording, seconds, length);
  const range = rangeAt(seconds, length, playback.kind === 'paused' ? kept : undefined);
  const lanes = useMemo(
    () => arrangeLanes(messages, [...recording.nodes.keys()], hasClients),
    [messages, messages.endpoints.length, recording.nodes.size, hasClients],
  );
  const shows = useCallback(
    (message: number) => {
      const src = messages.endpoints[messages.src[message] as number] as string;
      const dest = messages.endpoints[messages.dest[message] as number] as string;
      if (hiddenTypes.has(messages.types[messages.type[message] as number] as string)) return false;
      if (!hasClients && (isClientName(src) || isClientName(dest))) return false;
      if (isOnItsWay(messages, message)) return false;
      return picked.size === 0 || picked.has(src) || picked.has(dest);
    },
    [messages, hasClients, hiddenTypes, picked],
  );
  const types = useTypesBetweenNodes(messages);
  const look = (next: TimeRange) => {
    setLength(lengthOf(next));
    setKept(next);
    if (Math.abs(lengthOf(next) - length) < 1e-9) playback.pause(); // a drag, and no zoom
  };
  const cursor = (seconds - range.from) / lengthOf(range);

  return (
    <section class="messages">
      <header>
        <h2>Messages</h2>
        {messages.types.map(
          (type, index) =>
            (hasClients || types.has(index)) && (
              <label key={type} class="type">
                <input
                  type="checkbox"
                  checked={!hiddenTypes.has(type)}
                  onChange={() => setHiddenTypes(toggled(hiddenTypes, type))}
                />
                <i class="swatch" style={{ background: seriesColour(theme, index) }} />
                {type}
              </label>
            ),
        )}
        <label>
          <input type="checkbox" checked={hasClients} onChange={() => setHasClients(!hasClients)} />
          with clients
        </label>
        <output>{messages.length} seen</output>
      </header>
      <div class="diagram" ref={diagram} tabIndex={0} role="group" aria-label="Messages over time">
        <SpaceTime
          table={messages}
          revision={revision}
          lanes={lanes}
          range={range}
          bounds={bounds}
          onRange={look}
          heightToFill={room.height}
          shows={shows}
          selected={selected}
          onSelect={onSelect}
          picked={picked}
          onPick={onPick}
        />
        {playback.kind !== 'live' && cursor >= 0 && cursor <= 1 && (
          <div class="cursor-track">
            <div class="cursor" style={{ left: `${100 * cursor}%` }} />
          </div>
        )}
      </div>
    </section>
  );
}

function boundsOf(recording: Recording, seconds: number, length: number): TimeRange {
  const from = Math.min(0, recording.secondsAt(recording.first));
  return { from, to: Math.max(seconds, recording.messages.end) + MARGIN * length };
}

/** The stretch of time in view: what was looked at, as long as the moment lies in it. */
function rangeAt(seconds: number, length: number, kept: TimeRange | undefined): TimeRange {
  if (kept && kept.from <= seconds && seconds <= kept.to) return kept;
  const to = seconds + (kept ? length / 2 : MARGIN * length);
  return { from: to - length, to };
}

/** A lane for each node, and one for all clients. */
function arrangeLanes(
  { endpoints }: MessageTable,
  nodes: readonly string[],
  hasClients: boolean,
): Lane[] {
  const indexed = endpoints.map((name, index) => ({ name, index }));
  const order = new Map(nodes.map((node, index) => [node, index]));
  const rank = (name: string) => order.get(name) ?? nodes.length;
  const lanes = indexed
    .filter(({ name }) => !isClientName(name))
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .map(({ index }): Lane => ({ kind: 'node', endpoints: [index] }));
  const clients = indexed.filter(({ name }) => isClientName(name)).map(({ index }) => index);
  return hasClients && clients.length > 0
    ? [...lanes, { kind: 'client', endpoints: clients }]
    : lanes;
}

/** Whether it is too early to say that a message is lost. */
function isOnItsWay(messages: MessageTable, message: number): boolean {
  const age = messages.end - (messages.sentAt[message] as number);
  return messages.isMissing(message) && age < MAX_TRAVEL_SECONDS;
}

/** The types of messages that nodes send each other, as their numbers in the table. */
function useTypesBetweenNodes(messages: MessageTable): ReadonlySet<number> {
  const seen = useMemo(() => ({ types: new Set<number>(), end: 0 }), [messages]);
  for (; seen.end < messages.length; seen.end++) {
    const ends = [messages.src[seen.end], messages.dest[seen.end]];
    const names = ends.map((endpoint) => messages.endpoints[endpoint as number] as string);
    if (!names.some(isClientName)) seen.types.add(messages.type[seen.end] as number);
  }
  return seen.types;
}
