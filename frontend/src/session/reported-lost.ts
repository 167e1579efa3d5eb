/**
 * A phone that was reported lost hears so from its next sync. Where no sync can say it, because the
 * store is shut or the session is over, the phone asks by itself, now and then.
 */
import { sendBoxes } from '../api/boxes';
import { ports } from '../lib/ports';
import type { Id } from '../store/dossiers';
import { behind, isSigner, signedBoxes } from './handing-over';
import { areaOf, currentAccount } from './session.svelte';

/** Milliseconds. */
const EVERY = 600_000;

/** For whom, and when; milliseconds. */
let asked: { readonly id: Id; readonly at: number } | null = null;

/** Ask once more, if that was long enough ago; says whether this phone must give up all it holds. */
export async function mustGiveUp(): Promise<boolean> {
  const account = currentAccount();
  if (account === null || areaOf(account.role) !== 'phone') return false;
  const at = ports.clock.now().getTime();
  if (asked?.id === account.id && Math.abs(at - asked.at) < EVERY) return false;
  asked = { id: account.id, at };
  const lost = await isReportedLost(account.id);
  // Nobody answered: who looks at it next, with a line perhaps, asks again.
  if (lost === null) asked = null;
  return lost === true;
}

/**
 * Was this phone reported lost? Null when nobody says. Its own signature asks: no session and no key
 * of the store is needed.
 */
async function isReportedLost(user: Id): Promise<boolean | null> {
  const found = await behind(user);
  if (!found.ok || !isSigner(found.value.device)) return null;
  const answer = await sendBoxes(await signedBoxes(found.value.device, 'asked', []));
  if (!answer.ok) return null;
  return (answer.value as { revoked?: unknown } | null)?.revoked === true;
}
