/**
 * Opening with the phone's own fingerprint, face or code: a passkey whose PRF gives the same 32
 * bytes each time. Nothing of it goes to the server; the passkey bears no name of anybody.
 */
import { fromBase64, fromHex, toBase64, toHex, utf8, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { Id } from '../store/dossiers';
import { unwrap, wrap, type PasskeyLock } from '../store/keyring';

/** `cancelled`: by the person or the phone; `no-prf`: this phone's passkeys cannot give a secret. */
export type PasskeyProblem = 'cancelled' | 'no-prf';

const NAME = 'Voordeur';
const SALT_BYTES = 32;
const USER_BYTES = 32;
const PATIENCE = 120_000;
const ES256 = -7;
const RS256 = -257;

/** Can this browser make passkeys that the phone itself keeps? Whether PRF works shows only later. */
export async function canUsePasskey(): Promise<boolean> {
  if (!('PublicKeyCredential' in window)) return false;
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

async function ask<T>(work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch {
    // Cancelled, timed out, or forgotten by the phone: the person may try again or use words.
    return null;
  }
}

function firstResult(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return ArrayBuffer.isView(first)
    ? Uint8Array.from(new Uint8Array(first.buffer, first.byteOffset, first.byteLength))
    : new Uint8Array(first);
}

async function create(salt: Bytes): Promise<PublicKeyCredential | null> {
  const made = await ask(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: ports.random.bytes(32),
        rp: { name: NAME },
        // Nobody's: a second passkey for the same user takes the place of the first in the phone,
        // also where that one opens another browser's store, or another phone's.
        user: { id: ports.random.bytes(USER_BYTES), name: NAME, displayName: NAME },
        pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'preferred',
          userVerification: 'required',
        },
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  return made as PublicKeyCredential | null;
}

async function secretOf(credential: Bytes, salt: Bytes): Promise<Bytes | null> {
  const given = (await ask(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: ports.random.bytes(32),
        allowCredentials: [{ type: 'public-key', id: credential }],
        userVerification: 'required',
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )) as PublicKeyCredential | null;
  return given === null ? null : firstResult(given);
}

/** The platform's secret is stretched to ours, so that no other use of it opens this store. */
async function derived(secret: Bytes, salt: Bytes): Promise<Bytes> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('voordeur passkey 1') },
    material,
    256,
  );
  return new Uint8Array(bits);
}

/** Make a passkey and a lock on this data key. */
export async function lockWithPasskey(user: Id, key: Bytes): Promise<PasskeyLock | PasskeyProblem> {
  const salt = ports.random.bytes(SALT_BYTES);
  const made = await create(salt);
  if (made === null) return 'cancelled';
  if (made.getClientExtensionResults().prf?.enabled !== true) return 'no-prf';
  const credential = new Uint8Array(made.rawId);
  // Some phones give the secret at once, others only when asked again.
  const secret = firstResult(made) ?? (await secretOf(credential, salt));
  if (secret === null) return 'cancelled';
  const sealed = await wrap(user, 'passkey', await derived(secret, salt), key);
  return { kind: 'passkey', salt: toHex(salt), credential: toBase64(credential), ...sealed };
}

/** The data key behind the lock, or null when the phone did not give it. */
export async function openPasskey(user: Id, lock: PasskeyLock): Promise<Bytes | null> {
  const salt = fromHex(lock.salt);
  const secret = await secretOf(fromBase64(lock.credential), salt);
  return secret === null ? null : unwrap(user, lock, await derived(secret, salt));
}
