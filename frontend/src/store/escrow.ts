/**
 * What the server alone may open: each waiting mutation is sealed a second time, to the
 * municipality's escrow key, so that words lost with a passphrase still arrive. ECDH on P-256 with a
 * fresh key for each box, HKDF-SHA256, AES-256-GCM; the box names its key, and is bound to this
 * phone and this mutation. docs/sync.md describes the bytes; outreach/sync/escrow.py opens them.
 */
import { fromBase64, fromHex, joined, utf8, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { Dossier, Id } from './dossiers';

/** The server's public key, as the profile dossier names it. */
export interface EscrowKey {
  readonly id: Id;
  /** An uncompressed P-256 point in base64. */
  readonly public_key: string;
}

const NAME = 'voordeur escrow 1';
const FORMAT = 1;
const POINT_BYTES = 65;
const NONCE_BYTES = 12;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** The key in a profile; null before the first sync of this version of the app. */
export function escrowKeyOf(profile: Dossier | undefined): EscrowKey | null {
  if (profile?.kind !== 'profile') return null;
  // A profile of an older app has none, whatever its type says.
  const { escrow_key: key } = profile.body as Partial<typeof profile.body>;
  return key === undefined || key.public_key === '' ? null : key;
}

/** The key as enrolling told it, in JSON; null when that says none. */
export function escrowKeyIn(told: string | null | undefined): EscrowKey | null {
  const key = JSON.parse(told ?? 'null') as Partial<EscrowKey> | null;
  return key?.id && key.public_key ? { id: key.id, public_key: key.public_key } : null;
}

async function sharedKey(own: CryptoKey, ephemeral: Bytes, theirs: Bytes): Promise<CryptoKey> {
  const point = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: point }, own, 256);
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info: utf8(NAME) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
}

/** Seal JSON to the server; `id` is the mutation's. Null when the key is none. */
export async function sealToServer(
  key: EscrowKey,
  device: Id,
  id: Id,
  value: unknown,
): Promise<ArrayBuffer | null> {
  const theirs = fromBase64(key.public_key);
  if (theirs.length !== POINT_BYTES) return null;
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const nonce = ports.random.bytes(NONCE_BYTES);
  const box = await crypto.subtle.encrypt(
    {
      name: 'AES-GCM',
      iv: nonce,
      additionalData: utf8([NAME, key.id, device, id].join('\n')),
    },
    await sharedKey(pair.privateKey, ephemeral, theirs),
    utf8(JSON.stringify(value)),
  );
  const keyId = fromHex(key.id.replaceAll('-', ''));
  return joined([FORMAT], keyId, ephemeral, nonce, new Uint8Array(box)).buffer;
}
