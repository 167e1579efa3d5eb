/** Argon2id beside the screen: a cheap phone needs seconds for it, and the screen must not freeze. */
import { argon2id } from 'hash-wasm';

/** `memorySize` in KiB, `iterations` passes over it. */
export interface Cost {
  readonly memorySize: number;
  readonly iterations: number;
}

export interface StretchRequest extends Cost {
  readonly password: string;
  readonly salt: Uint8Array;
}

addEventListener('message', (event: MessageEvent<StretchRequest>) => {
  argon2id({ ...event.data, parallelism: 1, hashLength: 32, outputType: 'binary' }).then(
    (secret) => {
      postMessage(secret);
    },
    () => {
      postMessage(null);
    },
  );
});
