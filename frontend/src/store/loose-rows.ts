/**
 * What lies in clear for loose notes: the server's public key, to seal one while the store is shut,
 * and each note that waits, in a box that the server alone can open.
 */
import type { ClearRow } from './database';
import type { Id, Instant } from './dossiers';
import type { EscrowBox } from './types';

/** Under this key the server's public key lies in clear, as the phone last heard it. */
export const SERVER_KEY = 'escrow';

const NOTE = 'loose:';

/** A note that waits: nobody can open it here. */
export interface LooseBox extends EscrowBox {
  /** When it was kept. */
  readonly at: Instant;
}

/** Under what a note lies. */
export function looseKey(id: Id): string {
  return `${NOTE}${id}`;
}

/** The notes among what lies in clear, in order of keeping. */
export function looseIn(clear: readonly ClearRow[]): LooseBox[] {
  return clear
    .filter(({ key }) => key.startsWith(NOTE))
    .map(({ key, value }) => ({ id: key.slice(NOTE.length), ...(value as Omit<LooseBox, 'id'>) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}
