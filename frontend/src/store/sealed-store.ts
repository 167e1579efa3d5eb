/** The store: sealed on the disk, whole in memory while it is open, the same in every tab. */
import { liveQuery } from 'dexie';
import { err, type Result } from '../lib/result';
import { Contents, revisionOf, type Before } from './contents';
import { toBase64 } from '../lib/bytes';
import { ports, type Timer } from '../lib/ports';
import type { CopyBox } from './copies';
import type { ClearRow, Database } from './database';
import type { Id } from './dossiers';
import { FreshReader } from './fresh-reader';
import { recalledKinds } from './known-locks';
import { leftIn } from './leaving';
import { renewLease } from './lease';
import { looseIn, sentIn, sentLongAgo } from './loose-rows';
import { Mirror } from './mirror';
import { Observers, readerOf, type Note } from './observers';
import { attempt, problemOf, StoreGoneError } from './problems';
import type {
  Change,
  DeviceIdentity,
  LeftBehind,
  MetaKey,
  Reader,
  Store,
  StoreProblem,
  View,
} from './types';
import { commit, sealAll, serverKey, writesOf, type Sealer } from './writing';

/** How often a plan is made again because another tab wrote first, before we call it failed. */
const TRIES = 50;
/** How long after a failed reading the screens look again; milliseconds. */
const LOOK_AGAIN = 2_000;

export class SealedStore extends FreshReader implements Store {
  readonly lasting = true;
  readonly accountId: Id;
  readonly device: DeviceIdentity;
  readonly #db: Database;
  readonly #sealer: Sealer;
  readonly #contents: Contents;
  readonly #mirror: Mirror;
  readonly #observers = new Observers();
  /** What opens the store, as it last lay there. */
  #clear: readonly ClearRow[] | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #refreshing: Promise<Result<void, StoreProblem>> | null = null;
  #ended = false;
  #observed = false;
  #watching: { unsubscribe: () => void } | null = null;
  #again: Timer | null = null;

  /** `before`: what was read from the disk while the store was opened. */
  constructor(
    db: Database,
    key: CryptoKey,
    accountId: Id,
    device: DeviceIdentity,
    before: Before | null = null,
  ) {
    super();
    this.accountId = accountId;
    this.device = device;
    this.#db = db;
    this.#sealer = { user: accountId, device: device.id, key };
    this.#contents = new Contents(db, key, accountId, before);
    this.#mirror = new Mirror(db, accountId);
  }

  /** One after another, so that the last keystroke always wins and no reading is older than it. */
  #inTurn<T>(work: () => Promise<T>): Promise<Result<T, StoreProblem>> {
    const mine = this.#last.then(async (): Promise<Result<T, StoreProblem>> => {
      const done = await attempt(work, this.#db);
      if (!done.ok) this.#lookAgain();
      // It was open here: that this browser keeps nothing would be the wrong thing to say.
      return done.ok || done.error.kind !== 'unavailable' ? done : err({ kind: 'closed' });
    });
    this.#last = mine;
    return mine;
  }

  /** Who asks while the last in the row has not begun shares it: it looks no earlier than they ask. */
  #refresh(): Promise<Result<void, StoreProblem>> {
    if (this.#refreshing === null || this.#refreshing !== this.#last) {
      this.#refreshing = this.#inTurn(async () => {
        this.#refreshing = null;
        await this.#followDisk();
        this.#boxForms();
      });
    }
    return this.#refreshing;
  }

  /** A store that somebody took away under our hands is put back: here is all that lay in it. */
  async #followDisk(): Promise<void> {
    try {
      await this.#contents.refresh();
    } catch (error) {
      const meant = recalledKinds(this.accountId).length === 0;
      if (!(error instanceof StoreGoneError) || meant || this.#clear === null) throw error;
      // For a rare day, so no part of the first load.
      const { putBack } = await import('./putting-back');
      await putBack(this.#db, this.#contents, this.#sealer, this.#clear);
      await this.#contents.refresh();
    }
    // Each time: locks that were changed or destroyed since must not come back with the store.
    const clear = await this.#db.clear.toArray();
    if (clear.length > 0) this.#clear = clear;
    this.#contents.noteLoose(looseIn(clear).map(({ at }) => at));
  }

  /** Forms that an earlier app left without a box for the server get one. */
  #boxForms(): void {
    if (this.#contents.unboxed.length === 0 || serverKey(this.#contents, []) === null) return;
    void this.change(() =>
      this.#contents.unboxed.map(({ key, value }) => ({ do: 'remember', key, value })),
    );
  }

  protected async fresh<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
    note?: Note,
  ): Promise<Result<T, StoreProblem>> {
    const refreshed = await this.#refresh();
    return refreshed.ok ? read(readerOf(this.#contents, note)) : refreshed;
  }

  change(plan: (view: View) => readonly Change[]): Promise<Result<void, StoreProblem>> {
    return this.#inTurn(async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        await this.#followDisk();
        const changes = plan(this.#contents.view());
        if (changes.length === 0) return;
        const writes = writesOf(this.#contents, changes);
        const sealed = await sealAll(this.#sealer, this.#contents, writes);
        if (!(await commit(this.#db, this.#contents, sealed))) continue;
        await this.#mirror.write(sealed);
        return;
      }
      throw new Error('Other tabs kept writing first');
    });
  }

  observe<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
    next: (result: Result<T, StoreProblem>) => void,
  ): () => void {
    const end = this.#observers.add(
      (note) =>
        // From memory, without a turn on the disk: what it does not know yet is told below.
        this.#contents.whole ? read(readerOf(this.#contents, note)) : this.fresh(read, note),
      next,
    );
    this.#observed = true;
    this.#watch();
    void this.#tell();
    return end;
  }

  /** The disk failed us. What watched it may have ended without a word, so the screens look again. */
  #lookAgain(): void {
    if (this.#ended) return;
    // A database that failed to open stays shut for good, unless it is told otherwise.
    this.#db.mayOpenAgain();
    this.#watching?.unsubscribe();
    this.#watching = null;
    if (this.#again !== null) return;
    this.#again = ports.timers.set(() => {
      this.#again = null;
      if (!this.#ended) void this.#tell();
    }, LOOK_AGAIN);
  }

  /** Every commit, of any tab, changes the revision: then look what is new, and tell whom it concerns. */
  #watch(): void {
    this.#watching ??= liveQuery(() => revisionOf(this.#db)).subscribe({
      next: () => void this.#tell(),
      error: (error: unknown) => {
        this.#observers.fail(problemOf(error));
      },
    });
  }

  async #tell(): Promise<void> {
    const refreshed = await this.#refresh();
    const touched = this.#contents.takeTouched();
    if (!refreshed.ok) {
      this.#observers.fail(refreshed.error);
      return;
    }
    if (this.#observed) this.#watch();
    this.#mirror.followSoon();
    await this.#observers.tell(touched);
  }

  known(key: MetaKey): string | null {
    return this.#contents.shelves.c.get(key)?.value ?? null;
  }

  copyBoxes(): Promise<Result<CopyBox[], StoreProblem>> {
    return this.#inTurn(async () => {
      await this.#followDisk();
      const ids = this.#contents.copies.map(({ id }) => id);
      const rows = await this.#db.d.bulkGet(ids);
      const boxes = rows.flatMap((row) =>
        row?.escrow ? [{ id: row.row, box: toBase64(new Uint8Array(row.escrow)) }] : [],
      );
      return [...boxes, ...sentIn(await this.#db.clear.toArray())];
    });
  }

  async contacted(): Promise<Result<void, StoreProblem>> {
    const now = ports.clock.now().getTime();
    const over = sentLongAgo(this.#clear ?? [], now);
    if (over.length > 0) await attempt(() => this.#db.clear.bulkDelete(over));
    const [profile] = this.#contents.dossiersOf('profile');
    return renewLease(this.#db, profile, now);
  }

  leftBehind(): Promise<Result<LeftBehind, StoreProblem>> {
    return this.#inTurn(() => leftIn(this.#db));
  }

  close(): void {
    this.#ended = true;
    this.#watching?.unsubscribe();
    this.#observers.clear();
    this.#mirror.close();
    this.#db.close();
  }
}
