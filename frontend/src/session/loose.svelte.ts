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
import { handOver, isSigner, sendSigned } from './handing-over';
import { opening, whoOpens } from './opening.svelte';
import { currentAccount, giveUp } from './session.svelte';
import { standing } from './standing.svelte';

/** How many wait in the store that was looked at last; null before that. */
let waiting: number | null = $state(null);
const busy = new Map<Id, Promise<void>>();
/** Asked for while one was on its way, which may not have seen what was written since. */
const after = new Map<Id, Promise<void>>();
/** The server said no: so long it is not asked again; milliseconds. */
const AFTER_NO = 600_000;
/** When it said so, by the phone's clock. */
const refused = new Map<Id, number>();

/** A loose note is being written in this tab; returns the end of it. */
export function writingLoose(): () => void {
  standing.writing = true;
  return () => {
    standing.writing = false;
  };
}

/** How many loose notes wait here for a line; null where nobody looked yet. */
export function looseWaiting(): number | null {
  return waiting;
}

/** What lies on the disk now; the screen counts that and nothing else. */
async function look(user: Id): ReturnType<typeof looseLeft> {
  const found = await looseLeft(user);
  if (found.ok && user === whoOpens()) waiting = found.value.notes.length;
  return found;
}

/** The server took the notes, and says that this phone was reported lost. */
async function heedLost(user: Id): Promise<void> {
  if (user === currentAccount()?.id) await giveUp();
  else await handOver(user, 'revoked');
}

/** Until nothing is left: another may be written while one is on its way. */
async function send(user: Id): Promise<void> {
  for (;;) {
    const found = await look(user);
    if (!found.ok) return;
    const { device, notes } = found.value;
    if (notes.length === 0 || !isSigner(device)) return;
    const sent = await sendSigned(device, 'loose', notes);
    if (!sent.ok) {
      if (sent.error === 'refused') refused.set(user, ports.clock.now().getTime());
      return;
    }
    const ids = notes.map(({ id }) => id);
    if (!(await dropLoose(user, ids)).ok) return;
    if (sent.value.lost) {
      await heedLost(user);
      return;
    }
  }
}

function begin(user: Id): Promise<void> {
  const since = Math.abs(ports.clock.now().getTime() - (refused.get(user) ?? -Infinity));
  if (since < AFTER_NO) return Promise.resolve();
  const sending = send(user).finally(() => busy.delete(user));
  busy.set(user, sending);
  return sending;
}

/** Send what this account wrote so, once at a time; what is not named by the server stays. */
export function sendLooseOf(user: Id): Promise<void> {
  const running = busy.get(user);
  if (running === undefined) return begin(user);
  const next =
    after.get(user) ??
    running.then(() => {
      after.delete(user);
      return begin(user);
    });
  after.set(user, next);
  return next;
}

/** Somebody asks for it: what the server refused lately is tried again, too. */
export function tryLooseOf(user: Id): Promise<void> {
  refused.delete(user);
  return sendLooseOf(user);
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
  await look(user);
  rememberLoose(true);
  // The screen does not wait for a line.
  void sendAllLoose();
  return ok(true);
}
