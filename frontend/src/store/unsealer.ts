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
  /** What the worker says; null when it cannot. */
  readonly #said: Promise<Texts | null>;

  constructor() {
    this.#said = new Promise((say) => {
      const fail = (): void => {
        this.end();
        say(null);
      };
      try {
        this.#running = new Worker(trustedScript(worker), { type: 'module' });
        this.#running.onmessage = ({ data }: MessageEvent<Texts | null>) => {
          say(data);
        };
        // From the start: a script that does not load says so once.
        this.#running.onerror = fail;
        this.#running.onmessageerror = fail;
      } catch {
        fail();
      }
    });
  }

  #tell(message: Sealed | CryptoKey): void {
    try {
      this.#running?.postMessage(message);
    } catch {
      this.end();
    }
  }

  /** Here are the boxes; the key comes later. */
  take(sealed: Sealed): void {
    this.#tell(sealed);
  }

  /** What they say. */
  async open(key: CryptoKey, sealed: Sealed): Promise<Values> {
    this.#tell(key);
    const texts = this.#running === null ? null : await within(PATIENCE, this.#said, null);
    this.end();
    return valuesOf(sealed, texts ?? (await textsOf(key, sealed)));
  }

  end(): void {
    this.#running?.terminate();
    this.#running = null;
  }
}
