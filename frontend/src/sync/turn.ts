/** One sync at a time across tabs. */
import { ports } from '../lib/ports';
import type { Store } from '../store/types';

/** How long a turn counts without Web Locks, when the tab that took it died; milliseconds. */
const TURN = 120_000;

/** Do it when no other tab is at it; null when one is. */
export async function inTurn<T>(store: Store, run: () => Promise<T>): Promise<T | null> {
  // Absent on plain http and in old browsers, whatever the types say.
  const locks = navigator.locks as LockManager | null | undefined;
  const name = `voordeur-sync-${store.accountId}`;
  if (!locks) return onLease(store, run);
  return locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? null : run()));
}

/** The fallback: a turn written in the store, with an end so that a crash does not block. */
async function onLease<T>(store: Store, run: () => Promise<T>): Promise<T | null> {
  const mine = ports.random.uuid();
  let taken = false;
  const asked = await store.change(({ meta }) => {
    const [, until = '0'] = (meta('turn') ?? '').split(' ');
    const now = ports.clock.now().getTime();
    // No turn ends later than that: the clock was set back since it was taken.
    taken = Number(until) <= now || Number(until) > now + TURN;
    const value = `${mine} ${String(now + TURN)}`;
    return taken ? [{ do: 'remember', key: 'turn', value }] : [];
  });
  if (!asked.ok || !taken) return null;
  try {
    return await run();
  } finally {
    await store.change(({ meta }) =>
      meta('turn')?.startsWith(mine) === true ? [{ do: 'remember', key: 'turn', value: null }] : [],
    );
  }
}
