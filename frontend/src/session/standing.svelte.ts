/** Where the opening stands in this tab, and the PIN that re-opens what shut a moment ago. */
import { err } from '../lib/result';
import { currentStore } from '../store/current';
import type { Lock } from '../store/keyring';
import type { NotHeld } from './holding';
import type { Held, Opened, Opening } from './opening-states';
import { keptPin, MOST_TRIES } from './pin';

class Standing {
  state: Opening = $state('nobody');
  held: Held | null = $state.raw(null);
  kinds: readonly Lock['kind'][] = $state.raw([]);
  unheld: NotHeld | null = $state.raw(null);
  lost = $state(false);
  trying = $state(false);
  /** A loose note is being written: nothing of it lies anywhere else. */
  writing = $state(false);
  /** Changes with who works here, and with a store that is made anew. */
  visit = 0;
}

/** For session/opening and session/locks alone to change. */
export const standing = new Standing();

/** Which kinds of lock this store has. */
export function lockKinds(): readonly Lock['kind'][] {
  return standing.kinds;
}

/** Why nothing can be held here, if so: then there is only working without keeping anything. */
export function notHeld(): NotHeld | null {
  return standing.unheld;
}

/** Had this phone a store that the browser lost, with nothing to put back? */
export function storeLost(): boolean {
  return standing.lost;
}

/** Is a lock being tried now? That takes a slow phone long enough to draw what comes after it. */
export function isTrying(): boolean {
  return standing.trying;
}

/** A lock is being tried as long as this takes. */
export async function tried<T>(opening: Promise<T>): Promise<T> {
  standing.trying = true;
  try {
    return await opening;
  } finally {
    standing.trying = false;
  }
}

/** Wrong PINs that are still allowed before the words are asked. */
export function triesLeft(): number {
  return MOST_TRIES - (standing.held?.tries ?? 0);
}

/** Choose another way than the PIN: its key leaves memory. */
export function forgetPinForNow(): void {
  standing.held = null;
  standing.state = 'shut';
}

/** Is there a PIN on this phone? */
export function hasPin(): boolean {
  return standing.held !== null && standing.held.pin !== null;
}

/** Keep this PIN, or none. */
export async function setPin(pin: string | null): Opened {
  const store = currentStore();
  if (store === null || standing.held === null) return err({ kind: 'closed' });
  const kept = pin === null ? null : await keptPin(pin);
  if (pin !== null && kept === null) return err('memory');
  const saved = await store.change(() => [{ do: 'remember', key: 'pin', value: kept }]);
  if (saved.ok) standing.held = { ...standing.held, pin: kept };
  return saved;
}
