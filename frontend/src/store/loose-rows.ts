/**
 * What lies in clear for loose notes: the server's public key, to seal one while the store is shut,
 * and each note that waits, in a box that the server alone can open.
 */
import type { ClearRow } from './database';
import type { Id, Instant } from './dossiers';
import { KEPT_FOR, type CopyBox } from './copies';
import { toBase64 } from '../lib/bytes';
import type { EscrowBox } from './types';

/** Under this key the server's public key lies in clear, as the phone last heard it. */
export const SERVER_KEY = 'escrow';

const NOTE = 'loose:';
/** As copies of other work: a server that was put back to an older day gets it again. */
const SENT = 'sent:';

/** A note that waits: nobody can open it here. */
export interface LooseBox extends EscrowBox {
  /** When it was kept. */
  readonly at: Instant;
}

/** Under what a note lies. */
export function looseKey(id: Id): string {
  return `${NOTE}${id}`;
}

/** Under what the box lies of a note that arrived. */
export function sentKey(id: Id): string {
  return `${SENT}${id}`;
}

/** The boxes of what arrived lately. */
export function sentIn(clear: readonly ClearRow[]): CopyBox[] {
  return clear
    .filter(({ key }) => key.startsWith(SENT))
    .map(({ key, value }) => ({
      id: key.slice(SENT.length),
      box: toBase64(new Uint8Array((value as LooseBox).box)),
    }));
}

/** Under which keys lies what was kept long enough after it arrived; `now` in milliseconds. */
export function sentLongAgo(clear: readonly ClearRow[], now: number): string[] {
  return clear
    .filter(({ key }) => key.startsWith(SENT))
    .filter(({ value }) => Math.abs(now - Date.parse((value as LooseBox).at)) > KEPT_FOR)
    .map(({ key }) => key);
}

/** The notes among what lies in clear, in order of keeping. */
export function looseIn(clear: readonly ClearRow[]): LooseBox[] {
  return clear
    .filter(({ key }) => key.startsWith(NOTE))
    .map(({ key, value }) => ({ id: key.slice(NOTE.length), ...(value as Omit<LooseBox, 'id'>) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}
