/** Looks at the lease while the app runs: at every move, when the screen comes or goes, and in between. */
import { untrack } from 'svelte';
import { ports, type Timer } from '../lib/ports';
import { currentPath } from '../lib/router.svelte';
import { accountsHere } from '../store/known-locks';
import { someLoose } from '../store/loose-mark';
import { beginAfterLapse } from './anew';
import { keepLease, opening, whoOpens } from './opening.svelte';
import { isWriting } from './places';
import { sayWriting } from './writing-tabs';

const LOOK_EVERY = 30_000;
/** For the first screen of a phone that opened: whoever opened it has looked just now. */
const DRAWING = 1_000;

/** For a phone that was somebody's before: no part of the first load. */
async function lookAtOthers(): Promise<void> {
  if (accountsHere().every((user) => user === whoOpens())) return;
  const { keepOthers } = await import('./others');
  await keepOthers();
}

/** Written while the store was shut: that goes as soon as somebody answers, open or not. */
async function sendLoose(): Promise<void> {
  if (!someLoose()) return;
  const { sendAllLoose } = await import('./loose.svelte');
  await sendAllLoose();
}

function look(): void {
  void (opening() === 'lapsed' ? beginAfterLapse() : keepLease());
  for (const seen of [lookAtOthers(), sendLoose()]) seen.catch(() => undefined);
}

/** Watch the time that this phone may be read; returns the end of it. */
export function watchLease(): () => void {
  let timer: Timer | null = null;
  let drawn: Timer | null = null;
  const tick = (): void => {
    look();
    timer = ports.timers.set(tick, LOOK_EVERY);
  };
  const end = $effect.root(() => {
    let wasOpen = false;
    $effect(() => {
      const open = opening() === 'open';
      const writing = open && isWriting(currentPath());
      if (open && !wasOpen) drawn = ports.timers.set(look, DRAWING);
      else untrack(look);
      wasOpen = open;
      return writing ? untrack(() => sayWriting(whoOpens())) : undefined;
    });
  });
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  tick();
  return () => {
    end();
    for (const one of [timer, drawn]) if (one !== null) ports.timers.clear(one);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', look);
  };
}
