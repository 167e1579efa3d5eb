/**
 * What opens a sealed store. The data key is random and never leaves memory in clear; each lock is
 * that key wrapped under a secret of the person: a stretched passphrase, or what a passkey gives.
 */
import { fromHex, toHex, utf8, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import { inClear, type Database } from './database';
import type { Id } from './dossiers';
import { isOver, leaseIn, lookedAt } from './lease';
import type { StoreProblem } from './types';

interface Wrapped {
  /** Hex; of the stretching, or of the passkey's question. */
  readonly salt: string;
  readonly nonce: string;
  readonly box: ArrayBuffer;
}

/** `memory` in KiB and `passes`: what Argon2id was asked to do on this phone. */
export interface PassphraseLock extends Wrapped {
  readonly kind: 'passphrase';
  readonly memory: number;
  readonly passes: number;
}

export interface PasskeyLock extends Wrapped {
  readonly kind: 'passkey';
  /** Which passkey, in base64. */
  readonly credential: string;
}

export type Lock = PassphraseLock | PasskeyLock;

/** One of each kind at most: what is put takes the place of the one of its kind. */
export type LockChange = { readonly put: Lock } | { readonly take: Lock['kind'] };

/**
 * `changed`: these are not the locks any more; `lapsed`: reading is over, and a new lock would open
 * it again; `last`: nothing would open this store.
 */
export type LockRefusal = 'changed' | 'lapsed' | 'last';

const NONCE_BYTES = 12;
const KEY_BYTES = 32;

/** A fresh data key. */
export function newDataKey(): Bytes {
  return ports.random.bytes(KEY_BYTES);
}

function wrapping(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function about(user: Id, kind: Lock['kind']): Bytes {
  return utf8(['voordeur lock 1', user, kind].join('\n'));
}

/** Wrap a data key under a secret of 32 bytes. */
export async function wrap(
  user: Id,
  kind: Lock['kind'],
  secret: Bytes,
  key: Bytes,
): Promise<Pick<Wrapped, 'nonce' | 'box'>> {
  const iv = ports.random.bytes(NONCE_BYTES);
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: about(user, kind) },
    await wrapping(secret),
    key,
  );
  return { nonce: toHex(iv), box };
}

/** The data key, or null when this secret does not open this lock. */
export async function unwrap(user: Id, lock: Lock, secret: Bytes): Promise<Bytes | null> {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromHex(lock.nonce), additionalData: about(user, lock.kind) },
      await wrapping(secret),
      lock.box,
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

async function read(db: Database): Promise<Lock[]> {
  return ((await db.clear.get('locks'))?.value ?? []) as Lock[];
}

/** The locks of this account's store on this phone; none where it was never opened. */
export function locksOf(user: Id): Promise<Result<Lock[], StoreProblem>> {
  return inClear(user, read);
}

/**
 * Put the first lock on; says whether it was. Where another tab was first that lock stands: what
 * was written under its key could never be read again without it.
 */
export function firstLock(user: Id, lock: Lock): Promise<Result<boolean, StoreProblem>> {
  return inClear(user, (db) =>
    db.transaction('rw', db.clear, async () => {
      if ((await read(db)).length > 0) return false;
      await db.clear.put({ key: 'locks', value: [lock] });
      return true;
    }),
  );
}

function areThese(found: readonly Lock[], seen: readonly Lock[]): boolean {
  const named = (locks: readonly Lock[]): string =>
    locks.map(({ kind, salt, nonce }) => `${kind} ${salt} ${nonce}`).join('\n');
  return named(found) === named(seen);
}

function changedBy(locks: readonly Lock[], change: LockChange): Lock[] {
  const kind = 'put' in change ? change.put.kind : change.take;
  const others = locks.filter((one) => one.kind !== kind);
  return 'put' in change ? [...others, change.put] : others;
}

/**
 * Put on another lock, or take one away, in one write: cut off, the old ones stand. `seen`: the locks
 * as they were when one of them was opened for this. Another tab may have changed them since, or have
 * made the store anew, with another key: then nothing happens. Gives the locks as they are now.
 */
export async function changeLocks(
  user: Id,
  seen: readonly Lock[],
  change: LockChange,
  now: number,
): Promise<Result<Lock[], LockRefusal | StoreProblem>> {
  const done = await inClear(user, (db) =>
    db.transaction('rw', db.clear, async (): Promise<Result<Lock[], LockRefusal>> => {
      const lease = await leaseIn(db);
      if (lease !== null && isOver(lookedAt(lease, now))) return err('lapsed');
      const found = await read(db);
      if (found.length === 0 || !areThese(found, seen)) return err('changed');
      const locks = changedBy(found, change);
      if (locks.length === 0) return err('last');
      await db.clear.put({ key: 'locks', value: locks });
      return ok(locks);
    }),
  );
  return done.ok ? done.value : done;
}
