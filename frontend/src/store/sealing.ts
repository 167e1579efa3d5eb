/**
 * Sealing one record: AES-256-GCM under the phone's data key, a fresh nonce each time, and the
 * record's place (whose, which table, row and version) authenticated. A box that was changed, moved
 * to another row, table or user, or put back under another version does not open.
 */
import { fromHex, toHex, utf8, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { Id } from './dossiers';
import { liftedRow, schemaOf, STORED_SCHEMA } from './upcasting';

/** Neutral names: `a` dossiers, `b` the outbox, `c` facts about this phone, `d` copies of what arrived. */
export type TableName = 'a' | 'b' | 'c' | 'd';

/** A record as it lies on the disk: a random row id, the version, the nonce in hex, the box. */
export interface SealedRow {
  row: Id;
  version: string;
  /** In which shape the record was written; authenticated. Absent is 1. */
  schema?: number;
  stamp: string;
  box: ArrayBuffer;
  /** Of what waits, arrived lately or is half filled in: the same for the server alone, under the row's id. */
  escrow?: ArrayBuffer;
}

export interface Place {
  readonly user: Id;
  readonly table: TableName;
  readonly row: Id;
  readonly version: string;
}

const NONCE_BYTES = 12;

function authenticated({ user, table, row, version }: Place, schema: number): Bytes {
  return utf8([`voordeur seal ${String(schema)}`, user, table, row, version].join('\n'));
}

/** Raw bytes of a data key become one that cannot be taken out of the browser's memory. */
export function dataKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Seal a value that is plain JSON. */
export async function seal(key: CryptoKey, place: Place, value: unknown): Promise<SealedRow> {
  const nonce = ports.random.bytes(NONCE_BYTES);
  const additionalData = authenticated(place, STORED_SCHEMA);
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData },
    key,
    utf8(JSON.stringify(value)),
  );
  const { row, version } = place;
  return { row, version, schema: STORED_SCHEMA, stamp: toHex(nonce), box };
}

/** What a box says, or null where it does not belong here. */
export async function textOf(
  key: CryptoKey,
  { user, table }: Pick<Place, 'user' | 'table'>,
  sealed: SealedRow,
): Promise<string | null> {
  const { row, version, stamp, box } = sealed;
  const additionalData = authenticated({ user, table, row, version }, schemaOf(sealed));
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromHex(stamp), additionalData },
      key,
      box,
    );
    return new TextDecoder().decode(plain);
  } catch {
    return null;
  }
}

/** The value in that text, in the shape of this version; undefined where nothing can be read. */
export function valueOf(table: TableName, sealed: SealedRow, text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return liftedRow(table, schemaOf(sealed), JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What was sealed, in the shape of this version, or undefined when this box does not belong here. */
export async function unseal(
  key: CryptoKey,
  place: Pick<Place, 'user' | 'table'>,
  sealed: SealedRow,
): Promise<unknown> {
  return valueOf(place.table, sealed, await textOf(key, place, sealed));
}
