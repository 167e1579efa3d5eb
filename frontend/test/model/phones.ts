/** Phones with the real store and sync core, each on a disk of its own; one is in hand at a time. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import Dexie from 'dexie';
import { setAccessToken } from '../../src/api/token';
import { ports } from '../../src/lib/ports';
import type { Result } from '../../src/lib/result';
import { handOver } from '../../src/session/handing-over';
import { sendLooseOf } from '../../src/session/loose.svelte';
import { closeStore, currentStore, openStore, useStore } from '../../src/store/current';
import type { Copy } from '../../src/store/copies';
import { identityOf } from '../../src/store/identity';
import { keepLoose, looseLeft } from '../../src/store/loose';
import type { OutboxEntry, Store } from '../../src/store/types';
import { syncOnce, type SyncProblem } from '../../src/sync/once';
import type { Dossier, Id } from '../../src/sync/wire';
import { must } from '../phone';
import { Line } from './line';
import type { ModelServer } from './server';

const KINDS = ['profile', 'guide', 'consent_text', 'round', 'stop', 'household'] as const;

/** Longer than a phone waits that was told no; milliseconds. */
const A_WHILE = 660_000;
/** How often a phone of this process sent loose notes: whoever was told no remembers when. */
let asked = 0;

export class SimulatedPhone {
  readonly name: string;
  readonly account: Id;
  readonly line: Line;
  /** A planted bug of the store. */
  opened: (store: Store) => void = () => undefined;
  /** What opens its store; the same for all, so that no nonce may come twice in a run. */
  readonly #key: CryptoKey;
  #token: string;
  #disk = new IDBFactory();
  #open: Store | null = null;
  #close: () => void = () => undefined;

  constructor(name: string, account: Id, token: string, key: CryptoKey, server: ModelServer) {
    this.name = name;
    this.#key = key;
    this.account = account;
    this.#token = token;
    this.line = new Line(server);
  }

  /** Take this phone in hand; the app of another one stays open in its pocket. */
  async open(): Promise<Store> {
    if (this.#open === null) return this.start();
    this.#inHand();
    useStore(this.#open);
    return this.#open;
  }

  /** Its app is killed as it stands, and starts again from its disk. */
  async start(): Promise<Store> {
    this.#kill();
    this.#inHand();
    const store = await must(openStore(this.account, this.#key));
    const close = store.close.bind(store);
    this.#close = close;
    store.close = () => undefined;
    this.opened(store);
    this.#open = store;
    return store;
  }

  #inHand(): void {
    Object.assign(Dexie.dependencies, { indexedDB: this.#disk, IDBKeyRange });
    ports.network.fetch = this.line.fetch;
    setAccessToken(this.#token);
  }

  #kill(): void {
    this.#close();
    this.#close = () => undefined;
    this.#open = null;
    closeStore();
  }

  /** The store of the phone that is in hand. */
  get store(): Store {
    const store = currentStore();
    if (store === null || store !== this.#open) throw new Error(`${this.name} is not in hand`);
    return store;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The phone in hand. */
  sync(): Promise<Result<void, SyncProblem>> {
    return syncOnce(this.store);
  }

  /** Reported lost: hand over what waits, and begin as a new phone with a new session. */
  async giveUp(token: () => Promise<string>): Promise<boolean> {
    await this.start();
    this.#kill();
    const handed = await handOver(this.account, 'revoked');
    if (!handed.ok) return false;
    this.#token = await token();
    return true;
  }

  /** Nothing opens it, and its user writes down a word all the same; its id once it is saved. */
  async writeLoose(word: string): Promise<Id | null> {
    this.#kill();
    this.#inHand();
    const note = { door: word, words: word, when: '', said_yes: true, call_today: false };
    const made_at = ports.clock.now().toISOString();
    return must(keepLoose(this.account, { ...note, made_at }));
  }

  /** Loose notes go by themselves, also while it is shut. Who was told no asks again after a while. */
  async sendLoose(): Promise<void> {
    this.#inHand();
    const { now } = ports.clock;
    asked += 1;
    const later = asked * A_WHILE;
    ports.clock.now = () => new Date(now().getTime() + later);
    try {
      await sendLooseOf(this.account);
    } finally {
      ports.clock.now = now;
    }
  }

  /** The loose notes on its disk. */
  async looseHere(): Promise<Id[]> {
    this.#inHand();
    return (await must(looseLeft(this.account))).notes.map(({ id }) => id);
  }

  signedIn(token: string): void {
    this.#token = token;
  }

  /** The device whose store lies on its disk; null where there is none. */
  async deviceHere(): Promise<Id | null> {
    this.#inHand();
    return (await must(identityOf(this.account)))?.id ?? null;
  }

  /** Its store was taken off it: it begins as a new phone with a new session. */
  beginsAnew(token: string): void {
    this.#kill();
    this.#token = token;
  }
}

export async function dossiersOn(store: Store): Promise<Dossier[]> {
  const found = await Promise.all(KINDS.map((kind) => must(store.dossiersOf(kind))));
  return found.flat();
}

/** What lies here of what arrived lately. */
export async function copiesOn(store: Store): Promise<readonly Copy[]> {
  let copies: readonly Copy[] = [];
  await must(
    store.change((view) => {
      copies = view.copies;
      return [];
    }),
  );
  return copies;
}

/** Waiting for the server, or for the dossier that goes with what it took. */
export function underWay(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.filter(({ state }) => state === 'waiting' || state === 'acknowledged');
}
