/** This phone, to the server: an id, and a key that signs what it sends without a session. */
import { toBase64 } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { Database } from './database';
import type { Result } from '../lib/result';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import type { DeviceIdentity, StoreProblem } from './types';

/** The identity of this account on this phone; null before its store was first opened. */
export async function knownIdentity(db: Database): Promise<DeviceIdentity | null> {
  return ((await db.clear.get('device'))?.value ?? null) as DeviceIdentity | null;
}

/** The same, of a store that is not open. */
export function identityOf(user: Id): Promise<Result<DeviceIdentity | null, StoreProblem>> {
  return inClear(user, knownIdentity);
}

/** The half of its key that the server may know: SPKI in base64. */
export async function signingKeyOf({ publicKey }: CryptoKeyPair): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
}

/** A fresh one; `id` is kept from a store of before. */
export async function newIdentity(id: Id | null): Promise<DeviceIdentity> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  return { id: id ?? ports.random.uuid(), keys };
}

/** Write it down, unless another tab was first: then that one stands. */
export function keepIdentity(db: Database, made: DeviceIdentity): Promise<DeviceIdentity> {
  return db.transaction('rw', db.clear, async () => {
    const first = await knownIdentity(db);
    if (first === null) await db.clear.put({ key: 'device', value: made });
    return first ?? made;
  });
}
