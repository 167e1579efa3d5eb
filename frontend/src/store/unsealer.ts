/**
 * Opens the boxes of a store beside the screen, where the browser can: a cheap phone feels a hundred
 * dossiers, and it has its list to draw.
 */
import { trustedScript } from '../lib/trusted';
import { textsOf, valuesOf, type Sealed, type Texts, type Values } from './unsealing';
import worker from './unsealing.worker.ts?worker&url';

/** Has the boxes before the key is there. */
export class Unsealer {
  #running: Worker | null =
    typeof Worker === 'undefined' ? null : new Worker(trustedScript(worker), { type: 'module' });

  /** Here are the boxes; the key comes later. */
  take(sealed: Sealed): void {
    this.#running?.postMessage(sealed);
  }

  /** What they say. */
  async open(key: CryptoKey, sealed: Sealed): Promise<Values> {
    const texts = (await this.#beside(key)) ?? (await textsOf(key, sealed));
    return valuesOf(sealed, texts);
  }

  /** Null where nobody could open them beside the screen. */
  #beside(key: CryptoKey): Promise<Texts | null> {
    const running = this.#running;
    if (running === null) return Promise.resolve(null);
    return new Promise<Texts | null>((done) => {
      running.onmessage = (event: MessageEvent<Texts>) => {
        done(event.data);
      };
      running.onerror = () => {
        done(null);
      };
      running.postMessage(key);
    }).finally(() => {
      this.end();
    });
  }

  end(): void {
    this.#running?.terminate();
    this.#running = null;
  }
}
