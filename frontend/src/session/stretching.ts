/**
 * From words or digits to 32 bytes that open a lock: Argon2id, dear on purpose, so that trying all
 * words takes for ever. A phone that cannot spare the memory takes less; the lock remembers what.
 */
import type { Bytes } from '../lib/bytes';
import { trustedScript } from '../lib/trusted';
import type { Cost, StretchRequest } from './stretching.worker';
import worker from './stretching.worker.ts?worker&url';

/** What the store's passphrase costs; a phone without 64 MiB to spare pays the second. */
export const FULL: Cost = { memorySize: 64 * 1024, iterations: 3 };
export const SMALL: Cost = { memorySize: 19 * 1024, iterations: 2 };

async function here(request: StretchRequest): Promise<Uint8Array | null> {
  const { argon2id } = await import('hash-wasm');
  try {
    return await argon2id({ ...request, parallelism: 1, hashLength: 32, outputType: 'binary' });
  } catch {
    return null;
  }
}

function beside(request: StretchRequest): Promise<Uint8Array | null> {
  const running = new Worker(trustedScript(worker), { type: 'module' });
  return new Promise<Uint8Array | null>((done) => {
    running.onmessage = (event: MessageEvent<Uint8Array | null>) => {
      done(event.data);
    };
    running.onerror = () => {
      done(null);
    };
    running.postMessage(request);
  }).finally(() => {
    running.terminate();
  });
}

/** 32 bytes, or null when this phone has no memory for it. */
export async function stretch(password: string, salt: Bytes, cost: Cost): Promise<Bytes | null> {
  const request = { password, salt, ...cost };
  const secret =
    typeof Worker === 'undefined'
      ? await here(request)
      : ((await beside(request)) ?? (await here(request)));
  return secret === null ? null : new Uint8Array(secret);
}
