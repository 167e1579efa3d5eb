/**
 * A store that was taken from the disk while it was open here, by the browser's own tools or to make
 * room: all that opens of it is still in memory, and is written once more. Only the boxes of what had
 * arrived are gone: nobody but the disk had them.
 */
import { revisionOf, type Contents } from './contents';
import type { ClearRow, Database } from './database';
import type { Dossier } from './dossiers';
import { knownIdentity } from './identity';
import { TABLES } from './memory';
import { StoreGoneError } from './problems';
import { sealAll, type Sealer, type Write } from './writing';

const KEPT = ['a', 'b', 'c'] as const;

function writesOf(contents: Contents): Write[] {
  return KEPT.flatMap((table): Write[] =>
    contents.shelves[table].lines().map(({ row, value }) => {
      const version = table === 'a' ? (value as Dossier).version : '';
      return { table, row, value, version };
    }),
  );
}

/** Nothing lies there, or what this phone wrote before; not a store that was begun anew. */
async function isFree(db: Database, { device }: Sealer): Promise<boolean> {
  const known = await knownIdentity(db);
  if (known !== null) return known.id === device;
  return (await db.clear.get('locks')) === undefined;
}

/**
 * Write all of it, with what opens it (`clear`), unless another tab did; throws StoreGoneError where
 * another store lies by now.
 */
export async function putBack(
  db: Database,
  contents: Contents,
  sealer: Sealer,
  clear: readonly ClearRow[],
): Promise<void> {
  const writes = writesOf(contents);
  const sealed = await sealAll(sealer, contents, writes);
  await db.transaction('rw', [db.a, db.b, db.c, db.d, db.clear], async () => {
    if ((await revisionOf(db)) >= contents.revision) return;
    if (!(await isFree(db, sealer))) throw new StoreGoneError();
    for (const table of TABLES) {
      await db[table].clear();
      await db[table].bulkPut(
        sealed.flatMap((write) =>
          write.table === table && write.sealed !== null ? [write.sealed] : [],
        ),
      );
    }
    await db.clear.bulkPut([...clear, { key: 'revision', value: contents.revision + 1 }]);
  });
}
