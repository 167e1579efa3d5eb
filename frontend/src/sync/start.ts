/** Keeps an engine running for whichever store is open. */
import type { Result } from '../lib/result';
import { navigate } from '../lib/router.svelte';
import { currentAccount, giveUp } from '../session/session.svelte';
import { currentStore, onStore } from '../store/current';
import { accountsHere } from '../store/known-locks';
import type { Store } from '../store/types';
import { startEngine, type Engine } from './engine';
import type { SyncProblem } from './once';
import { setPhase } from './status.svelte';
import { releaseAll } from './typing';

let engine: Engine | null = null;

/** Somebody asked: a loose note that the server refused lately is tried again, too. */
let asked = false;

/** Sync now: "nu proberen". Null when another tab is at it, or nobody works here. */
export function syncNow(): Promise<Result<void, SyncProblem> | null> {
  asked = true;
  return engine === null ? Promise.resolve(null) : engine.syncNow();
}

/** This phone was reported lost: it gives up what it holds, and nobody works here any more. */
async function goAway(): Promise<void> {
  // What an open editor holds, and says nothing after all, is not handed over.
  await releaseAll();
  if (await giveUp()) navigate('/sign-in', { replace: true });
}

function heed(): void {
  heedLoss().catch(() => undefined);
}

/** Who works here hears it from the sync; stores of others must ask. */
function heedOthers(): void {
  import('../session/reported-lost')
    .then(({ giveUpOthers }) => giveUpOthers())
    .catch(() => undefined);
}

async function heedLoss(): Promise<void> {
  if (currentAccount() === null && accountsHere().length === 0) return;
  // For a rare day, so no part of the first load.
  const { giveUpOthers, mustGiveUp } = await import('../session/reported-lost');
  if (await mustGiveUp()) await goAway();
  await giveUpOthers();
}

/** What was written while the store was shut goes by itself: no sync takes it along. */
async function sendLoose(store: Store): Promise<void> {
  const kept = await store.loose();
  if (!kept.ok || kept.value.length === 0) return;
  const { sendLooseOf, tryLooseOf } = await import('../session/loose.svelte');
  const send = asked ? tryLooseOf : sendLooseOf;
  asked = false;
  await send(store.accountId);
}

/** Call once at start, after the overlay is installed; returns the end of it. */
export function startSync(): () => void {
  const leave = onStore((store) => {
    engine?.stop();
    engine = null;
    setPhase('idle');
    if (store === null) return;
    // What an editor held when the app was killed may go now.
    void releaseAll();
    engine = startEngine(store, {
      revoked: () => void goAway(),
      unheard: heed,
      heard: () => {
        sendLoose(store).catch(() => undefined);
        if (accountsHere().some((user) => user !== store.accountId)) heedOthers();
      },
    });
  });
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') void releaseAll();
  };
  // A phone that lies shut hears it as well, each time that somebody looks at it.
  const seen = (): void => {
    if (document.visibilityState === 'visible' && currentStore() === null) heed();
  };
  seen();
  document.addEventListener('visibilitychange', hidden);
  document.addEventListener('visibilitychange', seen);
  return () => {
    leave();
    document.removeEventListener('visibilitychange', hidden);
    document.removeEventListener('visibilitychange', seen);
    engine?.stop();
    engine = null;
  };
}
