import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { DrawnChart, ViewMessage } from '../../lab/inspect/view-message.ts';
import { connect } from './connection.ts';
import { Recording } from './recording/recording.ts';
import { ReorderBuffer } from './recording/reorder-buffer.ts';

/** How much is remembered: when there is twice as much, the older half is forgotten. */
const HISTORY_RECORDS = 50_000;
/** When nothing more is told for so long, nothing is to precede what was told. */
const SETTLING_MS = 150;

/** What the page knows. */
export interface Session {
  recording: Recording;
  charts: ReadonlyMap<number, DrawnChart>;
  isConnected: boolean;
  /** Whether a saved run has come to its end, and what was left out of it. */
  end: { leftOut: number } | undefined;
  forwardUrl: string | null;
  /** Counts up whenever the recording begins anew. */
  generation: number;
}

interface Controls {
  session: Session;
  /** Changes whenever the session has: at most once a frame. */
  revision: number;
  /** Forgets all that was seen. */
  clear: () => void;
}

/** The eye needs no more pictures a second, and a busy machine has better things to do. */
const MIN_FRAME_MS = 30;

/** Listens to the server; the page is drawn again some thirty times a second, however much it tells. */
export function useSession(
  run: string | null,
  onMessage?: (message: ViewMessage) => void,
): Controls {
  const session = useRef<Session>(emptySession(0));
  const [revision, setRevision] = useState(0);
  const frame = useRef(0);
  const drawnAt = useRef(0);
  const told = useRef(onMessage);
  told.current = onMessage;

  const redraw = useCallback(() => {
    const draw = (now: number) => {
      const isDue = now - drawnAt.current >= MIN_FRAME_MS;
      frame.current = isDue ? 0 : requestAnimationFrame(draw);
      if (!isDue) return;
      drawnAt.current = now;
      setRevision((count) => count + 1);
    };
    frame.current ||= requestAnimationFrame(draw);
  }, []);

  useEffect(() => {
    const buffer = new ReorderBuffer();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const record = (all: boolean) => {
      const { current } = session;
      for (const next of buffer.take(all)) current.recording.add(next);
      const { recording } = current;
      if (recording.records.length > 2 * HISTORY_RECORDS) {
        session.current = { ...current, recording: recording.withNewest(HISTORY_RECORDS) };
      }
      redraw();
    };
    const startAnew = () => {
      buffer.clear();
      const { isConnected, forwardUrl, generation } = session.current;
      session.current = { ...emptySession(generation + 1), isConnected, forwardUrl };
    };
    const take = (message: ViewMessage) => {
      told.current?.(message);
      switch (message.type) {
        case 'begin':
          startAnew();
          session.current = { ...session.current, forwardUrl: message.forwardUrl };
          return redraw();
        case 'chart': {
          const { chart } = message;
          const charts = new Map(session.current.charts).set(chart.id, chart);
          session.current = { ...session.current, charts };
          return redraw();
        }
        case 'records': {
          const begin = message.records.findLastIndex(({ type }) => type === 'run.begin');
          if (begin !== -1) {
            const { charts } = session.current;
            startAnew();
            session.current = { ...session.current, charts };
          }
          buffer.add(message.records.slice(Math.max(0, begin)));
          record(false);
          clearTimeout(timer);
          timer = setTimeout(() => record(true), SETTLING_MS);
          return undefined;
        }
        case 'end':
          record(true);
          session.current = { ...session.current, end: { leftOut: message.leftOut } };
          return redraw();
      }
    };
    const disconnect = connect(run, {
      onMessage: take,
      onState: (isConnected) => {
        session.current = { ...session.current, isConnected };
        redraw();
      },
    });
    return () => {
      disconnect();
      clearTimeout(timer);
    };
  }, [run, redraw]);

  const clear = useCallback(() => {
    const { current } = session;
    const recording = current.recording.withNewest(0);
    session.current = { ...current, recording, generation: current.generation + 1 };
    redraw();
  }, [redraw]);
  return { session: session.current, revision, clear };
}

function emptySession(generation: number): Session {
  return {
    recording: new Recording(),
    charts: new Map(),
    isConnected: false,
    end: undefined,
    forwardUrl: null,
    generation,
  };
}
