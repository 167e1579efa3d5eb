/**
 * The store where a browser may not, or cannot, hold anything: in memory only, and gone with its
 * page. It changes and tells as the sealed one does, so that screens, acts and sync know no other;
 * but what it keeps is safe only once the server has it.
 */
import { toBase64 } from '../lib/bytes';
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import type { Copy, CopyBox } from './copies';
import type { Id } from './dossiers';
import { sealToServer } from './escrow';
import { FreshReader } from './fresh-reader';
import { newIdentity } from './identity';
import { Memory } from './memory';
import { Observers, readerOf } from './observers';
import type {
  Change,
  DeviceIdentity,
  EscrowBox,
  LeftBehind,
  MetaKey,
  OutboxEntry,
  Reader,
  Store,
  StoreProblem,
  View,
} from './types';
import { serverKey, writesOf, type Write } from './writing';

const CLOSED: StoreProblem = { kind: 'closed' };

export class MemoryStore extends FreshReader implements Store {
  readonly lasting = false;
  readonly accountId: Id;
  readonly device: DeviceIdentity;
  readonly #memory = new Memory();
  readonly #observers = new Observers();
  readonly #boxes = new Map<Id, ArrayBuffer>();
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(accountId: Id, device: DeviceIdentity) {
    super();
    this.accountId = accountId;
    this.device = device;
  }

  /** One after another; what fails changed nothing, and is a value. */
  #inTurn<T>(work: () => Promise<T> | T): Promise<Result<T, StoreProblem>> {
    const mine = this.#last.then(async (): Promise<Result<T, StoreProblem>> => {
      if (this.#closed) return err(CLOSED);
      try {
        return ok(await work());
      } catch {
        return err({ kind: 'failed' });
      }
    });
    this.#last = mine;
    return mine;
  }

  protected async fresh<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
  ): Promise<Result<T, StoreProblem>> {
    const earlier = await this.#inTurn(() => undefined);
    return earlier.ok ? read(readerOf(this.#memory)) : earlier;
  }

  change(plan: (view: View) => readonly Change[]): Promise<Result<void, StoreProblem>> {
    return this.#inTurn(async () => {
      const changes = plan(this.#memory.view());
      if (changes.length === 0) return;
      const writes = writesOf(this.#memory, changes);
      const boxes = await this.#boxesFor(writes);
      // From here on nothing waits: all of it is there, or none.
      for (const write of writes) this.#put(write, boxes);
      void this.#observers.tell(this.#memory.takeTouched());
    });
  }

  /** The box of every copy that is to be kept, sealed from the entry that it is a copy of. */
  async #boxesFor(writes: readonly Write[]): Promise<Map<Id, ArrayBuffer>> {
    const kept = writes.filter(({ table, value }) => table === 'd' && value !== null);
    const ids = new Set(kept.map(({ value }) => (value as Copy).id));
    const entries = this.#memory.entries.filter(({ mutation }) => ids.has(mutation.id));
    const boxes = await this.#sealed(entries, writes);
    return new Map(boxes.map(({ id, box }) => [id, box]));
  }

  /** Without a key of the server, or without cryptography, there are no boxes. */
  async #sealed(
    entries: readonly OutboxEntry[],
    writes: readonly Write[] = [],
  ): Promise<EscrowBox[]> {
    const key = serverKey(this.#memory, writes);
    if (key === null || this.device.keys === null) return [];
    const sealed = await Promise.all(
      entries.map(async ({ mutation }) => {
        const box = await sealToServer(key, this.device.id, mutation.id, mutation);
        return box === null ? [] : [{ id: mutation.id, box }];
      }),
    );
    return sealed.flat();
  }

  #put({ table, row, value }: Write, boxes: ReadonlyMap<Id, ArrayBuffer>): void {
    if (table === 'd') {
      const box = boxes.get(row);
      this.#boxes.delete(row);
      // A copy without its box would be a copy of nothing.
      if (value === null || box === undefined) {
        this.#memory.take(table, row);
        return;
      }
      this.#boxes.set(row, box);
    }
    if (value === null) this.#memory.take(table, row);
    else this.#memory.put(table, row, '', value);
  }

  observe<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
    next: (result: Result<T, StoreProblem>) => void,
  ): () => void {
    return this.#observers.add((note) => read(readerOf(this.#memory, note)), next);
  }

  known(key: MetaKey): string | null {
    return this.#memory.shelves.c.get(key)?.value ?? null;
  }

  copyBoxes(): Promise<Result<CopyBox[], StoreProblem>> {
    return this.#inTurn(() =>
      this.#memory.copies.flatMap(({ id }) => {
        const box = this.#boxes.get(id);
        return box === undefined ? [] : [{ id, box: toBase64(new Uint8Array(box)) }];
      }),
    );
  }

  /** Nothing is held that could be read later: there is no lease to renew. */
  contacted(): Promise<Result<void, StoreProblem>> {
    return this.#inTurn(() => undefined);
  }

  leftBehind(): Promise<Result<LeftBehind, StoreProblem>> {
    return this.#inTurn(async () => ({
      device: this.device,
      boxes: await this.#sealed(this.#memory.entries.filter(({ state }) => state === 'waiting')),
      forms: [],
      loose: [],
      bare: 0,
    }));
  }

  close(): void {
    this.#closed = true;
    this.#observers.clear();
  }
}

/** An id of UUID version 8: by that the server knows a browser that keeps nothing. */
function idOfNothingKept(): Id {
  const id = ports.random.uuid();
  return `${id.slice(0, 14)}8${id.slice(15)}`;
}

/** A store in memory for this account; `again` is the id by which this browser was known before. */
export async function openInMemory(accountId: Id, again: Id | null): Promise<MemoryStore> {
  const id = again ?? idOfNothingKept();
  // Absent on plain http: then the browser is known by its id alone.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const device = subtle === undefined ? { id, keys: null } : await newIdentity(id);
  return new MemoryStore(accountId, device);
}
