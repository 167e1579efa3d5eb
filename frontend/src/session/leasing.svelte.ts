/** Looks at the lease while the app runs: at every move, when the screen comes or goes, and in between. */
import { untrack } from 'svelte';
import { ports, type Timer } from '../lib/ports';
import { currentPath } from '../lib/router.svelte';
import { beginAfterLapse, keepLease, opening, whoOpens } from './opening.svelte';
import { isWriting } from './places';
import { sayWriting } from './writing-tabs';

const LOOK_EVERY = 30_000;

function look(): void {
  void (opening() === 'lapsed' ? beginAfterLapse() : keepLease());
}

/** Watch the time that this phone may be read; returns the end of it. */
export function watchLease(): () => void {
  let timer: Timer | null = null;
  const tick = (): void => {
    look();
    timer = ports.timers.set(tick, LOOK_EVERY);
  };
  const end = $effect.root(() => {
    $effect(() => {
      const writing = opening() === 'open' && isWriting(currentPath());
      untrack(look);
      return writing ? untrack(() => sayWriting(whoOpens())) : undefined;
    });
  });
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  tick();
  return () => {
    end();
    if (timer !== null) ports.timers.clear(timer);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', look);
  };
}
