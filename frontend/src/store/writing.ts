/** From a decision to the disk: seal first, then one strict transaction, all or nothing. */
import { ports } from '../lib/ports';
import { revisionOf, TABLES, type Contents, type Fact } from './contents';
import type { Database } from './database';
import type { Dossier, Id } from './dossiers';
import { escrowKeyOf, sealToServer, type EscrowKey } from './escrow';
import { seal, type SealedRow, type TableName } from './sealing';
import type { Change, MetaKey, OutboxEntry } from './types';

/** A worry that was being written outlives its door: it is found again as one about no door. */
const WORRY: MetaKey = 'draft:worry:none';

/** What happens to one row; the last word on a row counts. */
interface Write {
  readonly table: TableName;
  readonly row: Id;
  /** Null takes the row away. */
  readonly value: unknown;
  readonly version: string;
}

interface SealedWrite extends Write {
  readonly sealed: SealedRow | null;
}

/** Which row every change is about; a thing that is new gets a row of its own. */
export function writesOf(contents: Contents, changes: readonly Change[]): Write[] {
  const writes = new Map<string, Write>();
  const seqs = contents.entries.map(({ seq }) => seq);
  let last = seqs.at(-1) ?? 0;
  const say = (table: TableName, key: string, value: unknown, version = '', fresh?: Id): void => {
    const name = `${table}:${key}`;
    const known = writes.get(name)?.row ?? contents.shelves[table].rowOf(key);
    writes.set(name, { table, row: known ?? fresh ?? ports.random.uuid(), value, version });
  };
  for (const change of changes) {
    switch (change.do) {
      case 'keep':
        say('a', change.dossier.id, change.dossier, change.dossier.version);
        break;
      case 'drop':
        say('a', change.id, null);
        for (const fact of factsAbout(contents, change.id)) {
          say('c', fact.key, null);
          if (fact.key.startsWith('draft:worry:')) say('c', WORRY, { ...fact, key: WORRY });
        }
        break;
      case 'queue':
        last += 1;
        // A box for the server names its mutation by the row it lies in.
        say('b', String(last), { ...change.entry, seq: last }, '', change.entry.mutation.id);
        break;
      case 'amend':
        say('b', String(change.entry.seq), change.entry);
        break;
      case 'unqueue':
        say('b', String(change.seq), null);
        break;
      case 'remember':
        say('c', change.key, factOf(change));
    }
  }
  for (const entry of toSealAgain(contents, changes)) {
    if (!writes.has(`b:${String(entry.seq)}`)) say('b', String(entry.seq), entry);
  }
  return [...writes.values()];
}

function factOf({ key, value }: Extract<Change, { do: 'remember' }>): Fact | null {
  return value === null ? null : { key, value };
}

/** A dossier that goes takes along what this phone noted about it. */
function factsAbout(contents: Contents, id: Id): Fact[] {
  return contents.shelves.c.values().filter(({ key }) => key.endsWith(`:${id}`));
}

/** A new key of the server: what waits is sealed to it once more. */
function toSealAgain(contents: Contents, changes: readonly Change[]): OutboxEntry[] {
  const coming = changes.map((change) =>
    change.do === 'keep' ? escrowKeyOf(change.dossier) : null,
  );
  const next = coming.find((key) => key !== null);
  const [profile] = contents.dossiersOf('profile');
  if (!next || next.id === escrowKeyOf(profile)?.id) return [];
  return contents.entries.filter(({ state }) => state === 'waiting');
}

/** Whose phone seals, and with which key. */
export interface Sealer {
  readonly user: Id;
  readonly device: Id;
  readonly key: CryptoKey;
}

/** Seal what is to be written, outside any transaction. */
export function sealAll(
  { user, device, key }: Sealer,
  server: EscrowKey | null,
  writes: readonly Write[],
): Promise<SealedWrite[]> {
  return Promise.all(
    writes.map(async (write) => {
      const { table, row, version, value } = write;
      if (value === null) return { ...write, sealed: null };
      const sealed = await seal(key, { user, table, row, version }, value);
      const escrow = table === 'b' ? await forServer(server, device, value as OutboxEntry) : null;
      return { ...write, sealed: escrow === null ? sealed : { ...sealed, escrow } };
    }),
  );
}

/** What has no outcome yet must reach the server even when nobody can open this phone again. */
function forServer(
  server: EscrowKey | null,
  device: Id,
  { state, mutation }: OutboxEntry,
): Promise<ArrayBuffer | null> {
  if (server === null || state !== 'waiting') return Promise.resolve(null);
  return sealToServer(server, device, mutation.id, mutation);
}

/** The server's key as this phone last heard it, or as it is about to be written. */
export function serverKey(contents: Contents, writes: readonly Write[]): EscrowKey | null {
  const coming = writes.flatMap(({ table, value }) =>
    table === 'a' && value !== null ? [value as Dossier] : [],
  );
  const keys = [...coming, ...contents.dossiersOf('profile')].map(escrowKeyOf);
  return keys.find((key) => key !== null) ?? null;
}

/** Write unless another tab did since these contents were read; says whether it was written. */
export async function commit(
  db: Database,
  contents: Contents,
  writes: readonly SealedWrite[],
): Promise<boolean> {
  const revision = contents.revision + 1;
  const written = await db.transaction('rw', [db.a, db.b, db.c, db.clear], async () => {
    if ((await revisionOf(db)) !== contents.revision) return false;
    // A table at a time: a slow phone pays for every request to the disk.
    for (const table of TABLES) {
      const own = writes.filter((write) => write.table === table);
      await db[table].bulkDelete(own.flatMap(({ row, sealed }) => (sealed === null ? [row] : [])));
      await db[table].bulkPut(own.flatMap(({ sealed }) => (sealed === null ? [] : [sealed])));
    }
    await db.clear.put({ key: 'revision', value: revision });
    return true;
  });
  if (!written) return false;
  for (const { table, row, sealed, value } of writes) {
    if (sealed === null) contents.take(table, row);
    else contents.put(table, row, sealed.stamp, value);
  }
  contents.revision = revision;
  return true;
}
