/**
 * What opens a sealed store. The data key is random and never leaves memory in clear; each lock is
 * that key wrapped under a secret of the person: a stretched passphrase, or what a passkey gives.
 */
import { fromHex, toHex, utf8, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import { ok, type Result } from '../lib/result';
import type { Database } from './database';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import { takeMirrorAway } from './mirror';
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

/** The locks of a store that is being worked on. */
export async function locksIn(db: Database): Promise<Lock[]> {
  return ((await db.clear.get('locks'))?.value ?? []) as Lock[];
}

/** The locks of this account's store on this phone; none where it was never opened. */
export function locksOf(user: Id): Promise<Result<Lock[], StoreProblem>> {
  return inClear(user, locksIn);
}

/**
 * Put the first lock on; says whether it was. Where another tab was first that lock stands: what
 * was written under its key could never be read again without it.
 */
export async function firstLock(user: Id, lock: Lock): Promise<Result<boolean, StoreProblem>> {
  const found = await locksOf(user);
  if (!found.ok) return found;
  if (found.value.length > 0) return ok(false);
  // Of a store that lay here before nothing may come back into this one.
  const gone = await takeMirrorAway(user);
  if (!gone.ok) return gone;
  return inClear(user, (db) =>
    db.transaction('rw', db.clear, async () => {
      if ((await locksIn(db)).length > 0) return false;
      await db.clear.put({ key: 'locks', value: [lock] });
      return true;
    }),
  );
}
