/**
 * Opens the boxes of a store beside the screen, where the browser can: a cheap phone feels a hundred
 * dossiers, and it has its list to draw.
 */
import { within } from '../lib/ports';
import { trustedScript } from '../lib/trusted';
import { textsOf, valuesOf, type Sealed, type Texts, type Values } from './unsealing';
import worker from './unsealing.worker.ts?worker&url';

/** A worker that was killed says nothing; milliseconds until the boxes are opened here. */
const PATIENCE = 5_000;

/** Has the boxes before the key is there. */
export class Unsealer {
  #running: Worker | null = null;
  /** Nobody opens it after all; the boxes may come later than that. */
  #ended = false;
  /** What the worker says; null when it cannot. */
  #said: Promise<Texts | null> = Promise.resolve(null);

  /** Here are the boxes; the key comes later. Where there are none nobody is needed for them. */
  take(sealed: Sealed): void {
    if (this.#ended || Object.values(sealed.tables).every((rows) => rows.length === 0)) return;
    this.#said = new Promise((say) => {
      const fail = (): void => {
        this.end();
        say(null);
      };
      try {
        const running = new Worker(trustedScript(worker), { type: 'module' });
        this.#running = running;
        running.onmessage = ({ data }: MessageEvent<Texts | null>) => {
          say(data);
        };
        // From the start: a script that does not load says so once.
        running.onerror = fail;
        running.onmessageerror = fail;
        running.postMessage(sealed);
      } catch {
        fail();
      }
    });
  }

  /** What they say. */
  async open(key: CryptoKey, sealed: Sealed): Promise<Values> {
    const texts = await this.#beside(key);
    this.end();
    return valuesOf(sealed, texts ?? (await textsOf(key, sealed)));
  }

  async #beside(key: CryptoKey): Promise<Texts | null> {
    try {
      if (this.#running === null) return null;
      this.#running.postMessage(key);
      return await within(PATIENCE, this.#said, null);
    } catch {
      return null;
    }
  }

  end(): void {
    this.#ended = true;
    this.#running?.terminate();
    this.#running = null;
  }
}
