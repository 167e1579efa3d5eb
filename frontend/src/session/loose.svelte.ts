/**
 * Loose notes: what is written down while nothing opens the store goes to the coordinator as it lies
 * there, by this phone's signature, whether the store is open by then or not.
 */
import { ports } from '../lib/ports';
import { ok, type Result } from '../lib/result';
import type { Id } from '../store/dossiers';
import { accountsHere } from '../store/known-locks';
import { dropLoose, keepLoose, looseLeft, type LooseNote } from '../store/loose';
import { rememberLoose } from '../store/loose-mark';
import type { StoreProblem } from '../store/types';
import { isSigner, sendSigned } from './handing-over';
import { opening, whoOpens } from './opening.svelte';

/** How many wait in the store that was looked at last; null before that. */
let waiting: number | null = $state(null);
const busy = new Map<Id, Promise<void>>();
/** The server said no: so long it is not asked again; milliseconds. */
const AFTER_NO = 600_000;
/** When it said so, by the phone's clock. */
const refused = new Map<Id, number>();

/** How many loose notes wait here for a line; null where nobody looked yet. */
export function looseWaiting(): number | null {
  return waiting;
}

async function send(user: Id): Promise<void> {
  const found = await looseLeft(user);
  if (!found.ok) return;
  const { device, notes } = found.value;
  if (user === whoOpens()) waiting = notes.length;
  if (notes.length === 0 || !isSigner(device)) return;
  const sent = await sendSigned(device, 'loose', notes);
  if (!sent.ok) {
    if (sent.error === 'refused') refused.set(user, ports.clock.now().getTime());
    return;
  }
  const dropped = await dropLoose(
    user,
    notes.map(({ id }) => id),
  );
  if (dropped.ok && user === whoOpens()) waiting = 0;
}

/** Send what this account wrote so, once at a time; what is not named by the server stays. */
export function sendLooseOf(user: Id): Promise<void> {
  const since = Math.abs(ports.clock.now().getTime() - (refused.get(user) ?? -Infinity));
  if (since < AFTER_NO) return Promise.resolve();
  const sending = busy.get(user) ?? send(user).finally(() => busy.delete(user));
  busy.set(user, sending);
  return sending;
}

/** Those of everybody whose store lies here. */
export async function sendAllLoose(): Promise<void> {
  const users = new Set([whoOpens(), ...accountsHere()].filter((user) => user !== ''));
  let left = 0;
  for (const user of users) {
    // A store that lapsed hands these over with all else, as it begins anew.
    if (user !== whoOpens() || opening() !== 'lapsed') await sendLooseOf(user);
    const found = await looseLeft(user);
    left += found.ok ? found.value.notes.length : 1;
  }
  if (left === 0) rememberLoose(false);
}

/**
 * Keep a note in this account's store and try to send it; says false where it cannot be kept here,
 * because the server was never heard. Once this says true it is on the disk.
 */
export async function writeLoose(
  user: Id,
  note: LooseNote,
): Promise<Result<boolean, StoreProblem>> {
  const kept = await keepLoose(user, note);
  if (!kept.ok) return kept;
  if (kept.value === null) return ok(false);
  waiting = (waiting ?? 0) + 1;
  rememberLoose(true);
  // The screen does not wait for a line.
  void sendAllLoose();
  return ok(true);
}
