/** The store: sealed on the disk, whole in memory while it is open, the same in every tab. */
import { liveQuery } from 'dexie';
import type { Result } from '../lib/result';
import { Contents, revisionOf, type Sealed, type Topic } from './contents';
import { toBase64 } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { CopyBox } from './copies';
import { attempt, problemOf, type Database } from './database';
import type { Dossier, Id } from './dossiers';
import { renewLease } from './lease';
import type { Change, DeviceIdentity, Reader, Store, StoreProblem, View } from './types';
import { commit, sealAll, serverKey, writesOf, type Sealer } from './writing';

/** How often a plan is made again because another tab wrote first, before we call it failed. */
const TRIES = 50;

/** Reads from memory, and notes on which topics each answer leans. */
function readerOf(contents: Contents, note: (topic: Topic) => void = () => undefined): Reader {
  const answer = <T>(topics: readonly Topic[], read: () => T): Promise<Result<T, StoreProblem>> => {
    topics.forEach(note);
    return Promise.resolve({ ok: true, value: read() });
  };
  const { a, c } = contents.shelves;
  return {
    dossier: (id) => answer([`a:${id}`], () => a.get(id) ?? null),
    dossiers: (ids) =>
      answer(
        ids.map((id) => `a:${id}`),
        () => ids.map((id) => a.get(id)).filter((found): found is Dossier => found !== undefined),
      ),
    dossiersOf: (kind) => answer([`kind:${kind}`], () => contents.dossiersOf(kind)),
    holdings: () => answer(['a'], () => contents.holdings),
    entries: () => answer(['b'], () => contents.entries),
    meta: (key) => answer([`c:${key}`], () => c.get(key)?.value ?? null),
    spoilt: () => answer(['a', 'b', 'c', 'd'], () => contents.spoilt),
  };
}

interface Observer {
  /** Read; gives what tells it. */
  readonly look: () => Promise<() => void>;
  readonly fail: (problem: StoreProblem) => void;
  topics: ReadonlySet<Topic>;
}

export class SealedStore implements Store {
  readonly accountId: Id;
  readonly device: DeviceIdentity;
  readonly #db: Database;
  readonly #sealer: Sealer;
  readonly #contents: Contents;
  readonly #observers = new Set<Observer>();
  #last: Promise<unknown> = Promise.resolve();
  #refreshing: Promise<Result<void, StoreProblem>> | null = null;
  #watching: { unsubscribe: () => void } | null = null;

  /** `before`: what was read from the disk while the key was not known yet. */
  constructor(
    db: Database,
    key: CryptoKey,
    accountId: Id,
    device: DeviceIdentity,
    before: Sealed | null = null,
  ) {
    this.accountId = accountId;
    this.device = device;
    this.#db = db;
    this.#sealer = { user: accountId, device: device.id, key };
    this.#contents = new Contents(db, key, accountId, before);
  }

  /** One after another, so that the last keystroke always wins and no reading is older than it. */
  #inTurn<T>(work: () => Promise<T>): Promise<Result<T, StoreProblem>> {
    const mine = this.#last.then(() => attempt(work));
    this.#last = mine;
    return mine;
  }

  /** Who asks while the last in the row has not begun shares it: it looks no earlier than they ask. */
  #refresh(): Promise<Result<void, StoreProblem>> {
    if (this.#refreshing === null || this.#refreshing !== this.#last) {
      this.#refreshing = this.#inTurn(() => {
        this.#refreshing = null;
        return this.#contents.refresh();
      });
    }
    return this.#refreshing;
  }

  async #fresh<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
    note?: (topic: Topic) => void,
  ): Promise<Result<T, StoreProblem>> {
    const refreshed = await this.#refresh();
    return refreshed.ok ? read(readerOf(this.#contents, note)) : refreshed;
  }

  readonly dossier: Reader['dossier'] = (id) => this.#fresh((reader) => reader.dossier(id));
  readonly dossiers: Reader['dossiers'] = (ids) => this.#fresh((reader) => reader.dossiers(ids));
  readonly dossiersOf: Reader['dossiersOf'] = (kind) =>
    this.#fresh((reader) => reader.dossiersOf(kind));
  readonly holdings: Reader['holdings'] = () => this.#fresh((reader) => reader.holdings());
  readonly entries: Reader['entries'] = () => this.#fresh((reader) => reader.entries());
  readonly meta: Reader['meta'] = (key) => this.#fresh((reader) => reader.meta(key));
  readonly spoilt: Reader['spoilt'] = () => this.#fresh((reader) => reader.spoilt());

  change(plan: (view: View) => readonly Change[]): Promise<Result<void, StoreProblem>> {
    return this.#inTurn(async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        await this.#contents.refresh();
        const changes = plan(this.#contents.view());
        if (changes.length === 0) return;
        const writes = writesOf(this.#contents, changes);
        const server = serverKey(this.#contents, writes);
        const sealed = await sealAll(this.#sealer, server, writes);
        if (await commit(this.#db, this.#contents, sealed)) return;
      }
      throw new Error('Other tabs kept writing first');
    });
  }

  observe<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
    next: (result: Result<T, StoreProblem>) => void,
  ): () => void {
    const observer: Observer = {
      topics: new Set(),
      fail: (problem) => {
        next({ ok: false, error: problem });
      },
      look: async () => {
        const topics = new Set<Topic>();
        // At once: what changes while we read must make us read again.
        observer.topics = topics;
        const note = (topic: Topic): unknown => topics.add(topic);
        // From memory, without a turn on the disk: what it does not know yet is told below.
        const result = this.#contents.whole
          ? await read(readerOf(this.#contents, note))
          : await this.#fresh(read, note);
        return () => {
          if (this.#observers.has(observer) && observer.topics === topics) next(result);
        };
      },
    };
    this.#observers.add(observer);
    this.#watch();
    void observer.look().then((tell) => {
      tell();
    });
    void this.#tell();
    return () => {
      this.#observers.delete(observer);
    };
  }

  /** Every commit, of any tab, changes the revision: then look what is new, and tell whom it concerns. */
  #watch(): void {
    this.#watching ??= liveQuery(() => revisionOf(this.#db)).subscribe({
      next: () => void this.#tell(),
      error: (error: unknown) => {
        for (const observer of [...this.#observers]) observer.fail(problemOf(error));
      },
    });
  }

  async #tell(): Promise<void> {
    const refreshed = await this.#refresh();
    const touched = this.#contents.takeTouched();
    const all = [...this.#observers];
    if (!refreshed.ok) {
      for (const observer of all) observer.fail(refreshed.error);
      return;
    }
    const concerned = all.filter(({ topics }) => [...topics].some((topic) => touched.has(topic)));
    // One commit is told in one go: a screen that lays the outbox over a dossier sees both or neither.
    const told = await Promise.all(concerned.map((observer) => observer.look()));
    for (const tell of told) tell();
  }

  copyBoxes(): Promise<Result<CopyBox[], StoreProblem>> {
    return this.#inTurn(async () => {
      await this.#contents.refresh();
      const ids = this.#contents.copies.map(({ id }) => id);
      const rows = await this.#db.d.bulkGet(ids);
      return rows.flatMap((row) =>
        row?.escrow ? [{ id: row.row, box: toBase64(new Uint8Array(row.escrow)) }] : [],
      );
    });
  }

  contacted(): Promise<Result<void, StoreProblem>> {
    const [profile] = this.#contents.dossiersOf('profile');
    return renewLease(this.#db, profile, ports.clock.now().getTime());
  }

  close(): void {
    this.#watching?.unsubscribe();
    this.#observers.clear();
    this.#db.close();
  }
}
