/**
 * How long this phone may still be read without a word from the server. It lies in clear, as it must
 * be known before anything is opened, and says nothing about anybody.
 *
 * What counts is how far the clock went forward since the last contact, look by look. Set back it
 * takes nothing off that, so that no clock makes a lease longer.
 */
import type { Result } from '../lib/result';
import type { Database } from './database';
import type { Dossier, Id } from './dossiers';
import { inClear } from './in-clear';
import { takeMirrorAway } from './mirror';
import { attempt } from './problems';
import type { StoreProblem } from './types';

export interface Lease {
  /** What the municipality allows. */
  readonly hours: number;
  /** The phone's clock at the last look; milliseconds. */
  readonly seen: number;
  /** How far that clock went forward since the last contact; milliseconds. */
  readonly used: number;
  /** Reading was closed: the locks are gone, and only a store made anew is read again. */
  readonly closed: boolean;
}

const HOUR = 3_600_000;
/** Until a municipality says otherwise. */
const HOURS = 72;

/** From a contact, or where nothing was known yet: the whole time from now. */
export function freshLease(hours: number, now: number): Lease {
  return { hours, seen: now, used: 0, closed: false };
}

/** The lease as it stands at this moment of the phone's clock. */
export function lookedAt(lease: Lease, now: number): Lease {
  return { ...lease, seen: now, used: lease.used + Math.max(0, now - lease.seen) };
}

/** Milliseconds that reading still stays open. */
export function leftOf({ hours, used, closed }: Lease): number {
  return closed ? 0 : Math.max(0, hours * HOUR - used);
}

/** Is reading over, or closed already? */
export function isOver(lease: Lease): boolean {
  return leftOf(lease) === 0;
}

/** The lease of a store that is being worked on; null where none was begun. */
export async function leaseIn(db: Database): Promise<Lease | null> {
  return ((await db.clear.get('lease'))?.value ?? null) as Lease | null;
}

async function write(db: Database, lease: Lease): Promise<Lease> {
  await db.clear.put({ key: 'lease', value: lease });
  return lease;
}

/** Look at the lease of this account's store, and note the moment; null where none was begun. */
export function lookAtLease(user: Id, now: number): Promise<Result<Lease | null, StoreProblem>> {
  return inClear(user, async (db) => {
    const kept = await leaseIn(db);
    if (kept === null) return null;
    // However short: what is not written down a clock that is set back takes away.
    if (now === kept.seen) return kept;
    return db.transaction('rw', db.clear, async () => {
      const known = await leaseIn(db);
      return known === null ? null : write(db, lookedAt(known, now));
    });
  });
}

async function renew(db: Database, hours: number | null, now: number): Promise<void> {
  const known = await leaseIn(db);
  if (known?.closed === true) return;
  await write(db, freshLease(hours ?? known?.hours ?? HOURS, now));
}

/** The server answered: the time begins anew. What was closed stays closed. */
export function renewLease(
  db: Database,
  profile: Dossier | undefined,
  now: number,
): Promise<Result<void, StoreProblem>> {
  const hours = profile?.kind === 'profile' ? profile.body.lease_hours : null;
  return attempt(() => db.transaction('rw', db.clear, () => renew(db, hours, now)));
}

/** The same for a store that is not open. */
export function renewLeaseOf(user: Id, now: number): Promise<Result<void, StoreProblem>> {
  return inClear(user, (db) => db.transaction('rw', db.clear, () => renew(db, null, now)));
}

/** A new store, or one of before there were leases: its time begins now. */
export function beginLease(user: Id, now: number): Promise<Result<void, StoreProblem>> {
  return inClear(user, (db) =>
    db.transaction('rw', db.clear, async () => {
      if ((await leaseIn(db)) === null) await write(db, freshLease(HOURS, now));
    }),
  );
}

/** Close reading for good: every lock of this store goes, in one transaction. */
export async function closeReading(user: Id, now: number): Promise<Result<void, StoreProblem>> {
  const close = (db: Database): PromiseLike<void> =>
    db.transaction('rw', db.clear, async () => {
      const known = (await leaseIn(db)) ?? freshLease(HOURS, now);
      await write(db, { ...lookedAt(known, now), closed: true });
      await db.clear.put({ key: 'locks', value: [] });
    });
  // It closes whatever becomes of the second home, which the next look takes away again.
  await takeMirrorAway(user);
  const closed = await inClear(user, close);
  await takeMirrorAway(user);
  return closed;
}
