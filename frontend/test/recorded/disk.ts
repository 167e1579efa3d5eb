/** A phone's sealed store as JSON and back: bytes in base64, the phone's own key left out. */
import Dexie from 'dexie';
import { fromBase64, toBase64 } from '../../src/lib/bytes';

type Row = Record<string, unknown>;

export interface Disk {
  /** As IndexedDB counts. */
  readonly version: number;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

interface Bytes {
  readonly base64: string;
}

function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      // Not instanceof: a fake IndexedDB gives buffers of another realm.
      Object.prototype.toString.call(value) === '[object ArrayBuffer]'
        ? [name, { base64: toBase64(new Uint8Array(value as ArrayBuffer)) }]
        : [name, value],
    ),
  );
}

function revived(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const { base64 } = (value ?? {}) as Partial<Bytes>;
      return [name, base64 === undefined ? value : fromBase64(base64).buffer];
    }),
  );
}

/** Everything in a database, but the identity: its private half does not leave a browser. */
export async function diskOf(name: string, dependencies: object): Promise<Disk> {
  const db = await new Dexie(name, dependencies).open();
  const tables: Record<string, Row[]> = {};
  for (const table of db.tables) {
    const rows = (await table.toArray()) as Row[];
    tables[table.name] = rows.filter(({ key }) => key !== 'device').map(plain);
  }
  const version = db.verno;
  db.close();
  return { version, tables };
}

/** Put it on a disk again, with an identity. */
export async function putOnDisk(
  name: string,
  { version, tables }: Disk,
  device: unknown,
): Promise<void> {
  const db = new Dexie(name);
  const sealed = 'row, [row+stamp]';
  const stores = Object.keys(tables).map((table) => [table, table === 'clear' ? 'key' : sealed]);
  db.version(version).stores(Object.fromEntries(stores) as Record<string, string>);
  await db.open();
  for (const [table, rows] of Object.entries(tables)) {
    await db.table(table).bulkPut(rows.map(revived));
  }
  await db.table('clear').put({ key: 'device', value: device });
  db.close();
}
