/** A desk that stays open overnight: what counts days is read again once the day has changed. */
import { today } from '../../../lib/dates';
import { ports, type Timer } from '../../../lib/ports';

const EVERY_MILLISECONDS = 60_000;

/**
 * Runs `act` when the day changes in Amsterdam, or when somebody looks again on a later day; `act` says
 * whether it worked, else it is tried again. Returns the end of it: `$effect(() => onNewDay(act))`.
 */
export function onNewDay(act: () => Promise<boolean>): () => void {
  let known = today();
  let busy = false;
  let timer: Timer | null = null;

  async function look(): Promise<void> {
    const now = today();
    if (busy || now === known) return;
    busy = true;
    if (await act()) known = now;
    busy = false;
  }

  function tick(): void {
    void look();
    timer = ports.timers.set(tick, EVERY_MILLISECONDS);
  }

  function seen(): void {
    // A tab in the background has slow timers or none.
    if (document.visibilityState === 'visible') void look();
  }

  document.addEventListener('visibilitychange', seen);
  tick();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    if (timer !== null) ports.timers.clear(timer);
  };
}
