/** One reading of the store that follows every change, in any tab, while a screen reads it. */
import { createSubscriber } from 'svelte/reactivity';
import type { Id } from './dossiers';
import type { Result } from '../lib/result';
import { onStore } from './current';
import type { Reader, StoreProblem } from './types';

/** Plain data, never $state proxies: it comes from IndexedDB and may go back there. */
export class LiveSource<T> {
  #value: T;
  #ready = false;
  #problem: StoreProblem | null = null;
  readonly #subscribe: () => void;

  constructor(nothing: T, read: (reader: Reader, me: Id) => Promise<Result<T, StoreProblem>>) {
    this.#value = nothing;
    this.#subscribe = createSubscriber((update) => {
      let stop: () => void = () => undefined;
      const leave = onStore((store, problem) => {
        stop();
        stop = () => undefined;
        this.#value = nothing;
        // No store and a reason: there is nothing to wait for.
        this.#ready = problem !== null;
        this.#problem = problem;
        // Not while starting: a reader is in the middle of asking then.
        queueMicrotask(update);
        if (store === null) return;
        stop = store.observe(
          (reader) => read(reader, store.accountId),
          (result) => {
            this.#ready = true;
            this.#problem = result.ok ? null : result.error;
            if (result.ok) this.#value = result.value;
            update();
          },
        );
      });
      return () => {
        leave();
        stop();
      };
    });
  }

  get value(): T {
    this.#subscribe();
    return this.#value;
  }

  /** Was the store read once? */
  get ready(): boolean {
    this.#subscribe();
    return this.#ready;
  }

  get problem(): StoreProblem | null {
    this.#subscribe();
    return this.#problem;
  }
}
