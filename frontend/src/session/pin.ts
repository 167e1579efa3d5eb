/**
 * A PIN re-opens an app whose key is still in memory, and nothing else. It lies in the sealed store,
 * stretched all the same: people use one PIN for many things.
 */
import { fromHex, toHex } from '../lib/bytes';
import { ports } from '../lib/ports';
import { SMALL, stretch } from './stretching';

/** Four to six digits. */
export const PIN = /^\d{4,6}$/;

/** So many wrong tries and the key leaves memory. */
export const MOST_TRIES = 5;

const SALT_BYTES = 16;

/** What is kept of a PIN: salt and stretched digits in hex; null when the phone has no memory. */
export async function keptPin(pin: string): Promise<string | null> {
  const salt = ports.random.bytes(SALT_BYTES);
  const secret = await stretch(pin, salt, SMALL);
  return secret === null ? null : `${toHex(salt)} ${toHex(secret)}`;
}

/** Is this the PIN that was kept? */
export async function isPin(pin: string, kept: string): Promise<boolean> {
  const [salt = '', wanted = ''] = kept.split(' ');
  const secret = await stretch(pin, fromHex(salt), SMALL);
  return secret !== null && toHex(secret) === wanted;
}
