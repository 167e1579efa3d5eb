/**
 * A phone that was reported lost hears so from its next sync. Where no sync can say it, because the
 * store is shut or the session is over, the phone asks by itself, now and then.
 */
import { sendBoxes } from '../api/boxes';
import { ports } from '../lib/ports';
import type { Id } from '../store/dossiers';
import { behind, handOver, isSigner, saysLost, signedBoxes } from './handing-over';
import { accountsHere } from '../store/known-locks';
import { whoOpens } from './opening.svelte';
import { areaOf, currentAccount } from './session.svelte';

/** Milliseconds. */
const EVERY = 600_000;

/** For whom, and when; milliseconds. */
const asked = new Map<Id, number>();

/** Ask once more, if that was long enough ago; says whether this phone must give up all it holds. */
export async function mustGiveUp(): Promise<boolean> {
  const account = currentAccount();
  if (account === null || areaOf(account.role) !== 'phone') return false;
  return mustBeGivenUp(account.id);
}

async function mustBeGivenUp(user: Id): Promise<boolean> {
  const at = ports.clock.now().getTime();
  if (Math.abs(at - (asked.get(user) ?? -Infinity)) < EVERY) return false;
  asked.set(user, at);
  const lost = await isReportedLost(user);
  // Nobody answered: who looks at it next, with a line perhaps, asks again.
  if (lost === null) asked.delete(user);
  return lost === true;
}

/** Stores of who signed out here, or was here before, hear it too: each has a device of its own. */
export async function giveUpOthers(): Promise<void> {
  const own = currentAccount()?.id;
  for (const user of accountsHere()) {
    if (user === own || user === whoOpens() || !(await mustBeGivenUp(user))) continue;
    // Without a line all of it stays, and who looks next asks again.
    if (!(await handOver(user, 'revoked')).ok) asked.delete(user);
  }
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
  return saysLost(answer.value);
}
