/**
 * One phone as a process: the real engine and sealed store, no screen, nothing persisted. It is told
 * by one JSON argument who it is; a line on standard input asks, a line on standard output answers.
 */
import './page';
import 'fake-indexeddb/auto';
import { createInterface } from 'node:readline';
import { setAccessToken } from '../../src/api/token';
import { ports } from '../../src/lib/ports';
import { overlay } from '../../src/overlays';
import { openStore } from '../../src/store/current';
import { installOverlay } from '../../src/store/overlaid';
import { dataKey } from '../../src/store/sealing';
import type { Store } from '../../src/store/types';
import { startEngine, type Engine } from '../../src/sync/engine';
import { underWay } from '../model/phones';
import { must, waitingIn } from '../phone';
import { Heard } from './line';
import { Volunteer, type Said } from './saying';

interface Told {
  readonly name: string;
  readonly base: string;
  readonly account: string;
  readonly token: string;
  readonly seed: number;
  readonly share: number;
  /** How much it has to say, and how long between two moments of work; milliseconds. */
  readonly mutations: number;
  readonly pause: number;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

class Phone {
  readonly #told: Told;
  readonly #store: Store;
  readonly #heard: Heard;
  readonly #engine: Engine;
  readonly #made = new Set<string>();
  #volunteer: Volunteer | null = null;

  private constructor(told: Told, store: Store, heard: Heard) {
    this.#told = told;
    this.#store = store;
    this.#heard = heard;
    this.#engine = startEngine(store);
  }

  static async start(told: Told): Promise<Phone> {
    const heard = new Heard(told.base);
    ports.network.fetch = heard.fetch;
    installOverlay(overlay);
    setAccessToken(told.token);
    const key = await dataKey(ports.random.bytes(32));
    return new Phone(told, await must(openStore(told.account, key)), heard);
  }

  /** Returns when the round is here. */
  async begin(): Promise<object> {
    await this.#engine.syncNow();
    const { name, seed, share } = this.#told;
    this.#volunteer = await Volunteer.at(this.#store, name, seed, share);
    await this.#look();
    return {};
  }

  /** What was saved so far; nothing that is written here is ever taken back. */
  async #look(): Promise<void> {
    for (const { mutation } of await waitingIn(this.#store)) this.#made.add(mutation.id);
  }

  /** Write until enough is said, while the engine sends. */
  async work(): Promise<object> {
    while (this.#made.size < this.#told.mutations) {
      await this.#volunteer!.act();
      await this.#look();
      await pause(this.#told.pause);
    }
    return { made: this.#made.size };
  }

  /** Nobody writes any more; returns when nothing waits, or nothing moved for `patience` seconds. */
  async rest({ patience }: { patience: number }): Promise<object> {
    const until = ports.clock.now().getTime() + patience * 1000;
    let left = await must(this.#store.entries());
    while (underWay(left).length > 0 && ports.clock.now().getTime() < until) {
      await pause(100);
      left = await must(this.#store.entries());
    }
    this.#engine.stop();
    return this.#account(left.map(({ mutation, state }) => ({ id: mutation.id, state })));
  }

  #account(left: { id: string; state: string }[]): {
    acknowledged: string[];
    waiting: string[];
    unheard: string[];
    aside: string[];
    statuses: Record<string, number>;
    said: Said;
  } {
    const waiting = left.flatMap(({ id, state }) => (state === 'waiting' ? [id] : []));
    const acknowledged = [...this.#made].filter((id) => !waiting.includes(id));
    return {
      acknowledged,
      waiting,
      unheard: acknowledged.filter((id) => !this.#heard.ids.has(id)),
      aside: left.flatMap(({ id, state }) => (state === 'waiting' ? [] : [id])),
      statuses: this.#heard.statuses,
      said: this.#volunteer!.said(),
    };
  }
}

const phone = await Phone.start(JSON.parse(process.argv[2]!) as Told);
for await (const line of createInterface(process.stdin)) {
  const asked = JSON.parse(line) as { do: 'begin' | 'work' | 'rest'; patience: number };
  const answered = await phone[asked.do](asked);
  process.stdout.write(`${JSON.stringify(answered)}\n`);
}
process.exit(0);
