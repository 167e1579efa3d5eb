/** The server's escrow key in a test, and how it opens what a phone sealed to it. */
import { expect } from 'vitest';
import { fromBase64, toBase64, toHex, utf8, type Bytes } from '../src/lib/bytes';
import type { Dossier } from '../src/store/dossiers';
import { ME } from './phone';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

export interface ServerKey {
  readonly id: string;
  readonly pair: CryptoKeyPair;
  readonly profile: Dossier;
}

export async function serverKey(id: string): Promise<ServerKey> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const profile: Dossier = {
    id: ME,
    kind: 'profile',
    version: id,
    body: {
      account: { id: ME, name: 'Bo', first_name: 'Bo', role: 'volunteer', language: 'nl' },
      municipality: { name: 'Verzonnen', privacy_contact: '', duty_phone: '' },
      teams: [],
      supervisors: [],
      lease_hours: 72,
      lock_minutes: { untouched: 5, talk: 20, cover: 1 },
      devices: [],
      left_out: 0,
      escrow_key: { id, public_key: toBase64(point) },
    },
  };
  return { id, pair, profile };
}

/** Opens a box as docs/sync.md says, with the server's private half. */
export async function opened(
  { pair, id: keyId }: ServerKey,
  device: string,
  { id, box }: { id: string; box: string },
): Promise<unknown> {
  const bytes = fromBase64(box);
  const take = (from: number, length?: number): Bytes =>
    bytes.slice(from, length === undefined ? undefined : from + length);
  expect(bytes[0]).toBe(1);
  expect(toHex(take(1, 16))).toBe(keyId.replaceAll('-', ''));
  const ephemeral = take(17, 65);
  const point = await crypto.subtle.importKey('raw', ephemeral, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits(
    { name: 'ECDH', public: point },
    pair.privateKey,
    256,
  );
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const opening = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info: utf8('voordeur escrow 1') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const additionalData = utf8(`voordeur escrow 1\n${keyId}\n${device}\n${id}`);
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: take(82, 12), additionalData },
    opening,
    take(94),
  );
  return JSON.parse(new TextDecoder().decode(plain));
}
