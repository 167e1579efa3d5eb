/** What lies sealed on a phone's disk: no nonce twice under one key, and no box in another's place. */
import { toHex } from '../../src/lib/bytes';
import { Database } from '../../src/store/database';
import { unseal, type SealedRow, type TableName } from '../../src/store/sealing';
import type { Id } from '../../src/sync/wire';

const TABLES: readonly TableName[] = ['a', 'b', 'c', 'd'];

/** Sees every box that is sealed under AES-GCM, whoever asks for it, until its end. */
export function lookAtNonces(): { readonly faults: string[]; readonly end: () => void } {
  const faults: string[] = [];
  const used = new WeakMap<CryptoKey, Set<string>>();
  const see = (key: CryptoKey, nonce: Uint8Array): void => {
    const before = used.get(key) ?? new Set();
    used.set(key, before);
    const hex = toHex(Uint8Array.from(nonce));
    if (before.has(hex)) faults.push(`nonce ${hex} was used twice under one key`);
    before.add(hex);
  };
  const real = crypto.subtle.encrypt.bind(crypto.subtle);
  const seen: SubtleCrypto['encrypt'] = (how, key, data) => {
    if ('iv' in (how as AesGcmParams)) see(key, (how as AesGcmParams).iv as Uint8Array);
    return real(how, key, data);
  };
  Object.defineProperty(crypto.subtle, 'encrypt', { value: seen, configurable: true });
  return {
    faults,
    end: () => {
      // Its own one is found again on what it was made of.
      Reflect.deleteProperty(crypto.subtle, 'encrypt');
    },
  };
}

async function opens(
  key: CryptoKey,
  user: Id,
  table: TableName,
  sealed: SealedRow,
): Promise<boolean> {
  return (await unseal(key, { user, table }, sealed)) !== undefined;
}

/** The first two rows of each table, put in each other's place, or elsewhere; none may open there. */
export async function misplacedFaults(user: Id, key: CryptoKey): Promise<string[]> {
  const db = new Database(user);
  const faults: string[] = [];
  try {
    await db.openOwn();
    for (const [at, table] of TABLES.entries()) {
      const [one, other] = await db[table].limit(2).toArray();
      if (one === undefined) continue;
      if (!(await opens(key, user, table, one))) faults.push(`a box of ${table} does not open`);
      const elsewhere = TABLES[(at + 1) % TABLES.length]!;
      if (await opens(key, user, elsewhere, one)) faults.push(`a box of ${table} opens elsewhere`);
      if (other === undefined) continue;
      const swapped = { ...one, stamp: other.stamp, box: other.box };
      if (await opens(key, user, table, swapped)) faults.push(`boxes of ${table} can be swapped`);
    }
  } finally {
    db.close();
  }
  return faults;
}
