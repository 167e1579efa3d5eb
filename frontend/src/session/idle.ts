/**
 * An untouched phone covers itself after a while and shuts after some more; in a talk, where it
 * lies on the table, later. In the background it covers itself at once, before the system takes its
 * picture of the app.
 */
import { ports, type Timer } from '../lib/ports';

export interface Idle {
  /** How long this phone may lie untouched before it shuts, in minutes. */
  readonly minutes: () => number;
  /** And how long before it covers itself. */
  readonly coverMinutes: () => number;
  readonly cover: () => void;
  readonly shut: () => void;
}

const MINUTE = 60_000;
/** Clocks are put right by this much at most, every day. */
const CORRECTION = MINUTE;
const LOOK_EVERY = 5_000;
const TOUCHES = ['pointerdown', 'keydown', 'input', 'scroll'] as const;

/** Watch the person's hands; returns the end of it. */
export function watchIdle({ minutes, coverMinutes, cover, shut }: Idle): () => void {
  let touched = ports.clock.now().getTime();
  let timer: Timer | null = null;
  const touch = (): void => {
    touched = ports.clock.now().getTime();
  };
  const look = (): void => {
    // A clock that was set back must not keep a phone open; small corrections happen every day.
    const idle = ports.clock.now().getTime() - touched;
    if (idle < -CORRECTION || idle >= minutes() * MINUTE) shut();
    else if (idle >= coverMinutes() * MINUTE) cover();
  };
  const tick = (): void => {
    look();
    timer = ports.timers.set(tick, LOOK_EVERY);
  };
  // A page that goes for good is hidden too: drawing a card on it would only keep the next waiting.
  let gone = false;
  const left = ({ persisted }: PageTransitionEvent): void => {
    gone = !persisted;
  };
  const seen = (): void => {
    if (document.visibilityState !== 'hidden') look();
    else if (!gone) cover();
  };
  for (const name of TOUCHES)
    document.addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('pagehide', left);
  tick();
  return () => {
    if (timer !== null) ports.timers.clear(timer);
    for (const name of TOUCHES) document.removeEventListener(name, touch, { capture: true });
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('pagehide', left);
  };
}
