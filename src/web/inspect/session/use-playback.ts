import { useEffect, useState } from 'preact/hooks';
import { Pace } from './pace.ts';
import type { Position, Recording } from '../recording/recording.ts';

/** Where in the recording the page is, and how it goes on. */
type Mode =
  /** With what happens now. */
  | { kind: 'live' }
  | { kind: 'paused'; position: Position }
  /** Through what has happened, as it did: `seconds` of the recording at `since` of the page. */
  | { kind: 'playing'; seconds: number; since: number };

export interface Playback {
  kind: Mode['kind'];
  /** The last record that has happened. */
  position: Position;
  /** The recording's time at which it stands. */
  seconds: number;
  speed: number;
  pause: () => void;
  /** Goes on from where it stands. */
  play: () => void;
  seek: (position: Position) => void;
  goLive: () => void;
  setSpeed: (speed: number) => void;
}

const MS = 1000;

/**
 * Moves through a recording.
 *
 * @param isSaved whether it is one of the past, which is played from its beginning
 */
export function usePlayback(recording: Recording, generation: number, isSaved: boolean): Playback {
  const start = (): Mode =>
    isSaved ? { kind: 'playing', seconds: 0, since: performance.now() } : { kind: 'live' };
  const [mode, setMode] = useState<Mode>(start);
  const [speed, setSpeed] = useState(1);
  const [, redraw] = useState(0);
  const last = Math.max(recording.first, recording.end - 1);
  const seconds = secondsOf(mode, recording, speed, last);
  const position = positionOf(mode, recording, seconds, last);

  useEffect(() => setMode(start()), [generation, isSaved]);

  useEffect(() => {
    if (mode.kind !== 'playing') return undefined;
    const pace = new Pace(() => {
      redraw((count) => count + 1);
      pace.ask();
    });
    pace.ask();
    return () => pace.stop();
  }, [mode.kind]);

  const seek = (to: Position) =>
    setMode({ kind: 'paused', position: Math.min(Math.max(to, recording.first), last) });
  const playFrom = (from: number) =>
    setMode({ kind: 'playing', seconds: from, since: performance.now() });
  return {
    kind: mode.kind,
    position,
    seconds,
    speed,
    pause: () => seek(position),
    play: () => playFrom(position >= last && isSaved ? 0 : seconds),
    seek,
    goLive: () => (isSaved ? seek(last) : setMode({ kind: 'live' })),
    setSpeed: (next) => {
      if (mode.kind === 'playing') playFrom(seconds);
      setSpeed(next);
    },
  };
}

function secondsOf(mode: Mode, recording: Recording, speed: number, last: Position): number {
  if (mode.kind !== 'playing') {
    return recording.secondsAt(mode.kind === 'paused' ? mode.position : last);
  }
  const elapsed = ((performance.now() - mode.since) / MS) * speed;
  return Math.min(mode.seconds + elapsed, recording.secondsAt(last));
}

function positionOf(mode: Mode, recording: Recording, seconds: number, last: Position): Position {
  switch (mode.kind) {
    case 'live':
      return last;
    case 'paused':
      return Math.min(Math.max(mode.position, recording.first), last);
    case 'playing':
      return recording.positionAt(seconds);
  }
}
