/** From a decision to the disk: seal first, then one strict transaction, all or nothing. */
import { ports } from '../lib/ports';
import { revisionOf, type Contents } from './contents';
import type { Database } from './database';
import type { Id } from './dossiers';
import { seal, type SealedRow, type TableName } from './sealing';
import type { Change } from './types';

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
  const say = (table: TableName, key: string, value: unknown, version = ''): void => {
    const name = `${table}:${key}`;
    const row = writes.get(name)?.row ?? contents.shelves[table].rowOf(key) ?? ports.random.uuid();
    writes.set(name, { table, row, value, version });
  };
  for (const change of changes) {
    switch (change.do) {
      case 'keep':
        say('a', change.dossier.id, change.dossier, change.dossier.version);
        break;
      case 'drop':
        say('a', change.id, null);
        break;
      case 'queue':
        last += 1;
        say('b', String(last), { ...change.entry, seq: last });
        break;
      case 'amend':
        say('b', String(change.entry.seq), change.entry);
        break;
      case 'unqueue':
        say('b', String(change.seq), null);
        break;
      case 'remember':
        say(
          'c',
          change.key,
          change.value === null ? null : { key: change.key, value: change.value },
        );
    }
  }
  return [...writes.values()];
}

/** Seal what is to be written, outside any transaction. */
export function sealAll(
  key: CryptoKey,
  user: Id,
  writes: readonly Write[],
): Promise<SealedWrite[]> {
  return Promise.all(
    writes.map(async (write) => {
      const { table, row, version, value } = write;
      if (value === null) return { ...write, sealed: null };
      return { ...write, sealed: await seal(key, { user, table, row, version }, value) };
    }),
  );
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
    for (const { table, row, sealed } of writes) {
      if (sealed === null) await db[table].delete(row);
      else await db[table].put(sealed);
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
