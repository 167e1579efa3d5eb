/**
 * May this phone still be read? Only for some time after its last contact with the server. Who is
 * writing when that time ends goes on to the end of it; nothing else is opened any more.
 */
import { enrol } from '../api/devices';
import { ports } from '../lib/ports';
import { currentPath } from '../lib/router.svelte';
import type { Id } from '../store/dossiers';
import { identityOf, signingKeyOf } from '../store/identity';
import { isOver, leftOf, lookAtLease, renewLeaseOf, type Lease } from '../store/lease';
import { bareBehind } from './behind';
import { goesOn, isWriting } from './places';

const HOUR = 3_600_000;
/** So long before the end we begin to say so, or a sixth of a short lease. */
const WARNING = 12 * HOUR;
/** A line that hangs must not keep somebody waiting before a shut phone; milliseconds. */
const PATIENCE = 10_000;

/** `welcome`: this phone is known and may go on; `answer`: another word of the server. */
type Heard = 'welcome' | 'answer' | 'nothing';

let lease: Lease | null = $state.raw(null);
/** Where somebody was writing when reading was last allowed. */
let begun: string | null = null;
let asking: Promise<Heard> | null = null;

function now(): number {
  return ports.clock.now().getTime();
}

/** Until when this phone can be read, once that is near; else null. */
export function readingEnds(): Date | null {
  if (lease === null) return null;
  const left = leftOf(lease);
  const near = Math.min(WARNING, (lease.hours * HOUR) / 6);
  return left < near ? new Date(lease.seen + left) : null;
}

/** Nobody works here any more, or the store is made anew. */
export function forgetLease(): void {
  lease = null;
  begun = null;
}

async function ask(user: Id): Promise<Heard> {
  const device = await identityOf(user);
  if (!device.ok || device.value === null) return 'nothing';
  const { id, keys } = device.value;
  if (keys === null) return 'nothing';
  const heard = enrol(id, await signingKeyOf(keys)).then((answer): Heard => {
    if (answer.ok) return 'welcome';
    const { kind, status } = answer.error;
    return kind === 'problem' && status < 500 ? 'answer' : 'nothing';
  });
  const late = new Promise<Heard>((done) => {
    ports.timers.set(() => {
      done('nothing');
    }, PATIENCE);
  });
  return Promise.race([heard, late]);
}

function askOnce(user: Id): Promise<Heard> {
  asking ??= ask(user).finally(() => {
    asking = null;
  });
  return asking;
}

/** Does the server answer this phone at all? */
export async function isThereALine(user: Id): Promise<boolean> {
  return (await askOnce(user)) !== 'nothing';
}

/** With a line nobody is without contact: ask the server once, as this phone, before closing. */
export async function renewed(user: Id): Promise<boolean> {
  if (isClosed()) return false;
  return (await askOnce(user)) === 'welcome' && (await renewLeaseOf(user, now())).ok;
}

/** Was reading closed here for good? Whoever answers, it stays so until the store is made anew. */
export function isClosed(): boolean {
  return lease?.closed === true;
}

/** Was a lease ever begun here? */
export function hasLease(): boolean {
  return lease !== null;
}

/**
 * Does nothing of it lie on the server, and no other's words here? Closed it would be lost, and it
 * keeps nobody's secrets but its writer's.
 */
export async function isAllThatIsLeft(user: Id): Promise<boolean> {
  return (await bareBehind(user)) > 0;
}

/** Is the time over, and nobody in the midst of writing? `open`: is the store open now? */
export async function isReadingOver(user: Id, open: boolean): Promise<boolean> {
  const found = await lookAtLease(user, now());
  // A store that cannot be read says so itself when it is opened.
  if (!found.ok) return false;
  lease = found.value;
  const path = currentPath();
  if (lease === null || !isOver(lease)) {
    if (open || !isWriting(path)) begun = isWriting(path) ? path : null;
    return false;
  }
  if (begun !== null && goesOn(begun, path)) {
    begun = path;
    return false;
  }
  return lease.closed || !(await isAllThatIsLeft(user));
}
