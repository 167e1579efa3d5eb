/**
 * The one door to the world outside the program: clock, randomness, timers and network.
 * Everything else asks here, so that a test with a seed replays exactly (see ports-seeded.ts).
 */

declare const timerBrand: unique symbol;
/** A running timer; only the port that made it knows what is in it. */
export type Timer = { readonly [timerBrand]: true };

export interface Ports {
  clock: { now(): Date };
  random: {
    /** UUIDv4 in lower case. */
    uuid(): string;
    bytes(length: number): Uint8Array<ArrayBuffer>;
  };
  timers: { set(run: () => void, milliseconds: number): Timer; clear(timer: Timer): void };
  network: { fetch(url: string, init?: RequestInit): Promise<Response> };
}

/** RFC 9562 version 4 from sixteen random bytes. `crypto.randomUUID` is absent on plain http. */
export function uuidFrom(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x40;
    if (index === 8) return (byte & 0x3f) | 0x80;
    return byte;
  }).map((byte) => byte.toString(16).padStart(2, '0'));
  const part = (from: number, to: number): string => hex.slice(from, to).join('');
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-');
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

export const ports: Ports = {
  clock: { now: () => new Date() },
  random: { uuid: () => uuidFrom(randomBytes(16)), bytes: randomBytes },
  timers: {
    set: (run, milliseconds) => setTimeout(run, milliseconds) as unknown as Timer,
    clear: (timer) => {
      clearTimeout(timer as unknown as ReturnType<typeof setTimeout>);
    },
  },
  network: { fetch: (url, init) => fetch(url, init) },
};

/** Waits, by the timers of the port. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    ports.timers.set(done, milliseconds);
  });
}

/** What the work gives, or `late` when it takes longer; it goes on all the same. */
export function within<T, L>(milliseconds: number, work: Promise<T>, late: L): Promise<T | L> {
  return Promise.race([work, pause(milliseconds).then(() => late)]);
}

/** Swap some ports; returns the function that puts the old ones back. */
export function replacePorts(replacements: Partial<Ports>): () => void {
  const before = { ...ports };
  Object.assign(ports, replacements);
  return () => {
    Object.assign(ports, before);
  };
}
