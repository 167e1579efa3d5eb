/**
 * When to sync: after an act, when the line or the screen comes back, every minute, and on asking.
 * Never two requests at once; after a failure we wait longer each time, with jitter.
 */
import { ports, type Timer } from '../lib/ports';
import type { Result } from '../lib/result';
import type { Store } from '../store/types';
import { onNudge } from './nudge';
import { syncOnce, type SyncProblem } from './once';
import { setPhase } from './status.svelte';
import { inTurn } from './turn';
import { askToBeWoken, onWoken } from './waking';

/** Milliseconds. */
const EVERY = 60_000;
const AFTER_ACT = 500;
/** Another tab is at it: it may have looked just before our act. */
const AFTER_OTHER_TAB = 5_000;
const FIRST_WAIT = 2_000;
/**
 * Line or server are gone: asking costs nobody much, and nothing says for certain that they are back.
 * So what waits is on its way within half a minute of that.
 */
const LONGEST_WITHOUT_LINE = 24_000;
/** The server answers that it will not: asking again soon helps nobody. */
const LONGEST_WAIT = 300_000;

export interface Engine {
  /** Sync now, or join the one that is under way; `ok` when the server has everything. */
  syncNow(): Promise<Result<void, SyncProblem> | null>;
  stop(): void;
}

/** Between half of the doubling wait and the whole: phones of one base do not come all at once. */
export function waitAfter(failures: number, kind: SyncProblem['kind']): number {
  const most = kind === 'offline' ? LONGEST_WITHOUT_LINE : LONGEST_WAIT;
  const longest = Math.min(FIRST_WAIT * 2 ** (failures - 1), most);
  const [dice = 0] = ports.random.bytes(1);
  return Math.round(longest * (0.5 + dice / 510));
}

const PHASES = {
  offline: 'offline',
  'sign-in-needed': 'sign-in-needed',
  unwell: 'attention',
  revoked: 'attention',
  store: 'attention',
} as const;

export interface Hearers {
  /** The phone was reported lost: it must give up. */
  readonly revoked: () => void;
  /** Its session is over, so that no sync can say whether it was. */
  readonly unheard: () => void;
  /** The server answered, and has all that the outbox held. */
  readonly heard: () => void;
}

class Running implements Engine {
  #busy: Promise<Result<void, SyncProblem> | null> | null = null;
  #again = false;
  #failures = 0;
  /** The last failure since a sync went well. */
  #problem: SyncProblem['kind'] = 'offline';
  #elsewhere = false;
  #stopped = false;
  #timer: Timer | null = null;
  readonly #store: Store;
  readonly #revoked: () => void;
  readonly #unheard: () => void;
  readonly #heard: () => void;

  constructor(store: Store, { revoked, unheard, heard }: Hearers) {
    this.#store = store;
    this.#revoked = revoked;
    this.#unheard = unheard;
    this.#heard = heard;
  }

  syncNow(): Promise<Result<void, SyncProblem> | null> {
    this.#again = this.#busy !== null;
    this.#busy ??= this.#run().finally(() => {
      this.#busy = null;
      this.#plan();
    });
    return this.#busy;
  }

  /** An act or the line: soon, but a phone without line is not asked at every keystroke. */
  soon(milliseconds: number): void {
    if (this.#busy) this.#again = true;
    else if (this.#failures === 0) this.#set(milliseconds);
  }

  /** The line or the screen is back: what failed before says nothing about now. */
  anew(): void {
    this.#failures = 0;
    this.soon(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#clear();
  }

  async #run(): Promise<Result<void, SyncProblem> | null> {
    setPhase('busy');
    const result = await inTurn(this.#store, () => syncOnce(this.#store));
    if (this.#stopped) return result;
    this.#elsewhere = result === null;
    this.#failures = result?.ok === false ? this.#failures + 1 : 0;
    if (result?.ok === false) this.#problem = result.error.kind;
    setPhase(result?.ok === false ? PHASES[result.error.kind] : 'idle');
    if (result?.ok === true) this.#heard();
    if (result?.ok === false && result.error.kind === 'offline') void askToBeWoken();
    if (result?.ok === false && result.error.kind === 'revoked') this.#revoked();
    if (result?.ok === false && result.error.kind === 'sign-in-needed') this.#unheard();
    return result;
  }

  #plan(): void {
    const again = this.#again;
    this.#again = false;
    if (this.#failures > 0) this.#set(waitAfter(this.#failures, this.#problem));
    else if (again) this.#set(AFTER_ACT);
    else this.#set(this.#elsewhere ? AFTER_OTHER_TAB : EVERY);
  }

  #set(milliseconds: number): void {
    this.#clear();
    if (this.#stopped) return;
    this.#timer = ports.timers.set(() => {
      void this.syncNow();
    }, milliseconds);
  }

  #clear(): void {
    if (this.#timer !== null) ports.timers.clear(this.#timer);
    this.#timer = null;
  }

  /** Listen to what may mean that there is a line, or something to send. */
  listen(): () => void {
    const now = (): void => {
      this.anew();
    };
    const visible = (): void => {
      if (document.visibilityState === 'visible') now();
    };
    const leave = onNudge(() => {
      this.soon(AFTER_ACT);
    });
    const sleep = onWoken(async () => (await this.syncNow())?.ok === true);
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', visible);
    return () => {
      leave();
      sleep();
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', visible);
    };
  }
}

const nobody: Hearers = {
  revoked: () => undefined,
  unheard: () => undefined,
  heard: () => undefined,
};

/** Start syncing this store; the first one begins at once. */
export function startEngine(store: Store, hearers = nobody): Engine {
  const running = new Running(store, hearers);
  const silence = running.listen();
  void running.syncNow();
  return {
    syncNow: () => running.syncNow(),
    stop: () => {
      silence();
      running.stop();
    },
  };
}
