/** From a decision to the disk: seal first, then one strict transaction, all or nothing. */
import { ports } from '../lib/ports';
import { revisionOf, type Contents } from './contents';
import { takenBy } from './copies';
import type { Database } from './database';
import type { Dossier, Id } from './dossiers';
import { escrowKeyOf, sealToServer, type EscrowKey } from './escrow';
import { TABLES, type Fact, type Memory } from './memory';
import { seal, type SealedRow, type TableName } from './sealing';
import type { Change, MetaKey, NewEntry, OutboxEntry } from './types';

/** A worry that was being written outlives its door: it is found again as one about no door. */
const WORRY: MetaKey = 'draft:worry:none';

/** What happens to one row; the last word on a row counts. */
export interface Write {
  readonly table: TableName;
  readonly row: Id;
  /** Null takes the row away. */
  readonly value: unknown;
  readonly version: string;
}

export interface SealedWrite extends Write {
  readonly sealed: SealedRow | null;
}

/** The last word on every row that changes touch; a thing that is new gets a row of its own. */
class Plan {
  readonly writes = new Map<string, Write>();
  readonly #contents: Memory;
  #last: number;

  constructor(contents: Memory) {
    this.#contents = contents;
    // Also after what arrived and lies here as a copy: it would be sent again in this order.
    const last = [contents.entries.at(-1), contents.copies.at(-1)];
    this.#last = Math.max(...last.map((one) => one?.seq ?? 0));
  }

  say(table: TableName, key: string, value: unknown, version = '', fresh?: Id): void {
    const name = `${table}:${key}`;
    const known = this.writes.get(name)?.row ?? this.#contents.shelves[table].rowOf(key);
    this.writes.set(name, { table, row: known ?? fresh ?? ports.random.uuid(), value, version });
  }

  take(change: Change): void {
    switch (change.do) {
      case 'keep':
        this.say('a', change.dossier.id, change.dossier, change.dossier.version);
        break;
      case 'drop':
        this.#drop(change.id);
        break;
      case 'queue':
        this.#queue(change.entry);
        break;
      case 'amend':
        this.say('b', String(change.entry.seq), change.entry);
        break;
      case 'unqueue':
        this.say('b', String(change.seq), null);
        break;
      case 'copy':
        this.say('d', change.copy.id, change.copy, '', change.copy.id);
        break;
      case 'uncopy':
        this.say('d', change.id, null);
        break;
      case 'remember':
        this.say('c', change.key, factOf(change));
    }
  }

  #drop(id: Id): void {
    this.say('a', id, null);
    for (const fact of factsAbout(this.#contents, id)) {
      this.say('c', fact.key, null);
      if (fact.key.startsWith('draft:worry:')) this.say('c', WORRY, { ...fact, key: WORRY });
    }
  }

  #queue(entry: NewEntry): void {
    this.#last += 1;
    // A box for the server names its mutation by the row it lies in.
    this.say('b', String(this.#last), { ...entry, seq: this.#last }, '', entry.mutation.id);
    for (const { id } of takenBy(entry.mutation, this.#contents.copies)) this.say('d', id, null);
  }
}

/** Which row every change is about. */
export function writesOf(contents: Memory, changes: readonly Change[]): Write[] {
  const plan = new Plan(contents);
  for (const change of changes) plan.take(change);
  for (const entry of toSealAgain(contents, changes)) {
    const seq = String(entry.seq);
    if (!plan.writes.has(`b:${seq}`)) plan.say('b', seq, entry);
  }
  return [...plan.writes.values()];
}

function factOf({ key, value }: Extract<Change, { do: 'remember' }>): Fact | null {
  return value === null ? null : { key, value };
}

/** A dossier that goes takes along what this phone noted about it. */
function factsAbout(contents: Memory, id: Id): Fact[] {
  return contents.shelves.c.values().filter(({ key }) => key.endsWith(`:${id}`));
}

/** A new key of the server: what waits is sealed to it once more. */
function toSealAgain(contents: Memory, changes: readonly Change[]): OutboxEntry[] {
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
export function serverKey(contents: Memory, writes: readonly Write[]): EscrowKey | null {
  const coming = writes.flatMap(({ table, value }) =>
    table === 'a' && value !== null ? [value as Dossier] : [],
  );
  const keys = [...coming, ...contents.dossiersOf('profile')].map(escrowKeyOf);
  return keys.find((key) => key !== null) ?? null;
}

function isCopy({ table, sealed }: SealedWrite): boolean {
  return table === 'd' && sealed !== null;
}

/** What is put; null where nothing is. A copy without its box would be a copy of nothing. */
function rowOf(write: SealedWrite, boxes: ReadonlyMap<Id, ArrayBuffer>): SealedRow | null {
  if (!isCopy(write) || write.sealed === null) return write.sealed;
  const escrow = boxes.get(write.row);
  return escrow ? { ...write.sealed, escrow } : null;
}

/** Write unless another tab did since these contents were read; says whether it was written. */
export async function commit(
  db: Database,
  contents: Contents,
  writes: readonly SealedWrite[],
): Promise<boolean> {
  const revision = contents.revision + 1;
  const boxes = new Map<Id, ArrayBuffer>();
  const written = await db.transaction('rw', [db.a, db.b, db.c, db.d, db.clear], async () => {
    if ((await revisionOf(db)) !== contents.revision) return false;
    // Before the outbox is emptied: a copy's box lies there.
    const kept = await db.b.bulkGet(writes.filter(isCopy).map(({ row }) => row));
    for (const line of kept) if (line?.escrow) boxes.set(line.row, line.escrow);
    // A table at a time: a slow phone pays for every request to the disk.
    for (const table of TABLES) {
      const own = writes.filter((write) => write.table === table);
      await db[table].bulkDelete(own.flatMap(({ row, sealed }) => (sealed === null ? [row] : [])));
      await db[table].bulkPut(own.flatMap((write) => rowOf(write, boxes) ?? []));
    }
    await db.clear.put({ key: 'revision', value: revision });
    return true;
  });
  if (!written) return false;
  for (const write of writes) {
    const { table, row, value } = write;
    const sealed = rowOf(write, boxes);
    if (sealed === null) contents.take(table, row);
    else contents.put(table, row, sealed.stamp, value);
  }
  contents.revision = revision;
  return true;
}
