/**
 * Stores of whom this phone was before: who signed out, or made place for somebody else, or has a
 * desk now. Their time to be read ends as well, and then what waits in them goes to the server: its
 * author may never sign in here again.
 */
import { ports } from '../lib/ports';
import type { Id } from '../store/dossiers';
import { accountsHere } from '../store/known-locks';
import { closeReading, isOver, lookAtLease } from '../store/lease';
import { handOver } from './handing-over';
import { isAllThatIsLeft } from './lease.svelte';
import { whoOpens } from './opening.svelte';
import { isInUse } from './writing-tabs';

let busy: Promise<void> | null = null;
/** The server said no to these: to ask again and again would be of no use. */
const refused = new Set<Id>();

async function isTimeOver(user: Id): Promise<boolean> {
  const found = await lookAtLease(user, ports.clock.now().getTime());
  if (!found.ok || found.value === null || !isOver(found.value)) return false;
  return found.value.closed || !(await isAllThatIsLeft(user));
}

/** Is it nobody's who works on this phone now, in this tab or another? */
async function isLeft(user: Id): Promise<boolean> {
  return user !== whoOpens() && !(await isInUse(user));
}

async function look(): Promise<void> {
  for (const user of accountsHere()) {
    if (refused.has(user) || !(await isLeft(user)) || !(await isTimeOver(user))) continue;
    await closeReading(user, ports.clock.now().getTime());
    if (!(await isLeft(user))) continue;
    const handed = await handOver(user, 'lapsed');
    // Without a line it stays as it is, and the next look tries again.
    if (!handed.ok && handed.error === 'refused') refused.add(user);
  }
}

/** End what is over of other accounts' stores; one look at a time. */
export function keepOthers(): Promise<void> {
  busy ??= look().finally(() => {
    busy = null;
  });
  return busy;
}

/** Who works at a desk from now on never opens a phone's store again: what waits in it goes now. */
export async function handOverOwn(user: Id): Promise<void> {
  if (!accountsHere().includes(user) || !(await isLeft(user))) return;
  // With a role for a phone again its words may still send it.
  if (!(await isAllThatIsLeft(user))) await handOver(user, 'forgotten');
}
