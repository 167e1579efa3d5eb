/** From a decision to the disk: seal first, then one strict transaction, all or nothing. */
import { ports } from '../lib/ports';
import { revisionOf, type Contents } from './contents';
import type { Database } from './database';
import type { Dossier, Id } from './dossiers';
import { escrowKeyIn, escrowKeyOf, sealToServer, type EscrowKey } from './escrow';
import {
  formAt,
  formEnvelope,
  formKey,
  holdsWords,
  joinedWorries,
  NO_DOOR,
  type FormEnvelope,
} from './forms';
import { SERVER_KEY } from './loose-rows';
import { TABLES, type Fact, type Memory } from './memory';
import { seal, type SealedRow, type TableName } from './sealing';
import { takenBy } from './taken-back';
import type { Change, MetaKey, NewEntry, OutboxEntry } from './types';

/** A worry that was being written outlives its door: it is found again as one about no door. */
const WORRY = formKey('worry', NO_DOOR);
const TOLD: MetaKey = 'escrow_key';

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
        this.remember(change.key, change.value);
    }
  }

  /**
   * A form lies in a row of its own each time it is written: its box goes by the row's id, and what
   * the server once got under an id is never sent with other words.
   */
  remember(key: MetaKey, value: string | null): void {
    if (value !== null && formAt(key) !== null) {
      const row = this.#contents.shelves.c.rowOf(key);
      const name = `c:${key}`;
      if (row !== undefined) {
        this.writes.set(`${name} before`, { table: 'c', row, value: null, version: '' });
      }
      this.writes.delete(name);
      const fresh = ports.random.uuid();
      this.writes.set(name, { table: 'c', row: fresh, value: { key, value }, version: '' });
    } else {
      this.say('c', key, value === null ? null : { key, value });
    }
  }

  #drop(id: Id): void {
    this.say('a', id, null);
    for (const fact of factsAbout(this.#contents, id)) {
      const went = this.writes.get(`c:${fact.key}`)?.value === null;
      this.say('c', fact.key, null);
      if (!went && formAt(fact.key)?.kind === 'worry') this.#setFree(fact.value);
    }
  }

  #setFree(worry: string): void {
    const said = this.writes.get(`c:${WORRY}`);
    const there = said === undefined ? this.#contents.shelves.c.get(WORRY) : said.value;
    this.remember(WORRY, joinedWorries((there as Fact | null | undefined)?.value ?? null, worry));
  }

  #queue(entry: NewEntry): void {
    this.#last += 1;
    // A box for the server names its mutation by the row it lies in.
    this.say('b', String(this.#last), { ...entry, seq: this.#last }, '', entry.mutation.id);
    const gone = takenBy(entry.mutation, this.#contents.view());
    for (const { id } of gone) this.say('d', id, null);
  }
}

/** Which row every change is about. */
export function writesOf(contents: Memory, changes: readonly Change[]): Write[] {
  const plan = new Plan(contents);
  for (const change of changes) plan.take(change);
  if (bringsNewKey(contents, changes)) sealAgain(plan, contents);
  return [...plan.writes.values()];
}

/** A dossier that goes takes along what this phone noted about it. */
function factsAbout(contents: Memory, id: Id): Fact[] {
  return contents.shelves.c.values().filter(({ key }) => key.endsWith(`:${id}`));
}

/** A profile says which key it is now; before there is one, what enrolling told. */
function knownKey(contents: Memory): EscrowKey | null {
  const [profile] = contents.dossiersOf('profile');
  return escrowKeyOf(profile) ?? escrowKeyIn(contents.shelves.c.get(TOLD)?.value);
}

function bringsNewKey(contents: Memory, changes: readonly Change[]): boolean {
  const known = knownKey(contents);
  return changes.some((change) => {
    if (change.do === 'keep') return (escrowKeyOf(change.dossier) ?? known)?.id !== known?.id;
    return change.do === 'remember' && change.key === TOLD && known === null;
  });
}

/** A new key of the server: what waits, and what is being filled in, is sealed to it once more. */
function sealAgain(plan: Plan, contents: Memory): void {
  for (const entry of contents.entries) {
    const seq = String(entry.seq);
    if (entry.state === 'waiting' && !plan.writes.has(`b:${seq}`)) plan.say('b', seq, entry);
  }
  for (const { key, value } of contents.shelves.c.values()) {
    const untouched = !plan.writes.has(`c:${key}`);
    if (untouched && formAt(key) !== null && holdsWords(value)) plan.remember(key, value);
  }
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
  contents: Memory,
  writes: readonly Write[],
): Promise<SealedWrite[]> {
  const server = serverKey(contents, writes);
  return Promise.all(
    writes.map(async (write) => {
      const { table, row, version, value } = write;
      if (value === null) return { ...write, sealed: null };
      const sealed = await seal(key, { user, table, row, version }, value);
      const said = forServer(contents, write);
      const escrow = said && server ? await sealToServer(server, device, said.id, said) : null;
      return { ...write, sealed: escrow === null ? sealed : { ...sealed, escrow } };
    }),
  );
}

/** What has no outcome yet must reach the server even when nobody can open this phone again. */
function forServer(
  contents: Memory,
  { table, row, value }: Write,
): OutboxEntry['mutation'] | FormEnvelope | null {
  if (table === 'c') return formEnvelope(row, value as Fact, (id) => contents.shelves.a.get(id));
  if (table === 'd') return neverSealed(contents, row);
  if (table !== 'b') return null;
  const { state, mutation } = value as OutboxEntry;
  return state === 'waiting' ? mutation : null;
}

/** Written before this phone had heard the server's key: there is no box yet for its copy. */
function neverSealed(contents: Memory, id: Id): OutboxEntry['mutation'] | null {
  if (knownKey(contents) !== null) return null;
  return contents.entries.find(({ mutation }) => mutation.id === id)?.mutation ?? null;
}

/** The server's key as this phone last heard it, or as it is about to be written. */
export function serverKey(contents: Memory, writes: readonly Write[]): EscrowKey | null {
  const coming = writes.flatMap(({ table, value }) =>
    table === 'a' && value !== null ? [value as Dossier] : [],
  );
  const [next = null] = coming.flatMap((dossier) => escrowKeyOf(dossier) ?? []);
  const told = writes.find(
    ({ table, value }) => table === 'c' && (value as Fact | null)?.key === TOLD,
  );
  return next ?? knownKey(contents) ?? escrowKeyIn((told?.value as Fact | undefined)?.value);
}

function isCopy({ table, sealed }: SealedWrite): boolean {
  return table === 'd' && sealed !== null;
}

/** What is put; null where nothing is. A copy without its box would be a copy of nothing. */
function rowOf(write: SealedWrite, boxes: ReadonlyMap<Id, ArrayBuffer>): SealedRow | null {
  if (!isCopy(write) || write.sealed === null) return write.sealed;
  const escrow = boxes.get(write.row) ?? write.sealed.escrow;
  return escrow ? { ...write.sealed, escrow } : null;
}

/** Write unless another tab did since these contents were read; says whether it was written. */
export async function commit(
  db: Database,
  contents: Contents,
  writes: readonly SealedWrite[],
): Promise<boolean> {
  const revision = contents.revision + 1;
  const server = serverKey(contents, writes);
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
    await db.clear.bulkPut([
      { key: 'revision', value: revision },
      // Public, and in clear: what is written while the store is shut is sealed to it.
      ...(server === null ? [] : [{ key: SERVER_KEY, value: server }]),
    ]);
    return true;
  });
  if (!written) return false;
  for (const write of writes) {
    const { table, row, value } = write;
    const sealed = rowOf(write, boxes);
    if (sealed === null) contents.take(table, row);
    else contents.put(table, row, sealed.stamp, value);
    if (sealed !== null && table === 'c') contents.noteBox(sealed, value as Fact);
  }
  contents.revision = revision;
  return true;
}
