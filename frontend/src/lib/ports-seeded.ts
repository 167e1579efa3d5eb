/** Ports that replay: same seed, same ids, same bytes; time moves only when the test says so. */
import { uuidFrom, type Ports, type Timer } from './ports';

export interface SeededPorts extends Ports {
  /** Move the clock; timers that fall due run in order of their moment. */
  advance(milliseconds: number): void;
}

/** mulberry32: 32-bit state, good enough to spread test data, never used outside tests. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
}

interface Waiting {
  at: number;
  run: () => void;
  handle: Timer;
}

/** Timers over a clock that stands still until advanced. */
function manualTime(start: Date): Pick<SeededPorts, 'clock' | 'timers' | 'advance'> {
  let now = start.getTime();
  let serial = 0;
  let waiting: Waiting[] = [];
  const due = (until: number): Waiting | undefined =>
    waiting.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    clock: { now: () => new Date(now) },
    timers: {
      set(run, milliseconds) {
        const handle = { serial: (serial += 1) } as unknown as Timer;
        waiting.push({ at: now + milliseconds, run, handle });
        return handle;
      },
      clear(handle) {
        waiting = waiting.filter((timer) => timer.handle !== handle);
      },
    },
    advance(milliseconds) {
      const until = now + milliseconds;
      for (let next = due(until); next !== undefined; next = due(until)) {
        const ran = next;
        waiting = waiting.filter((timer) => timer !== ran);
        now = Math.max(now, ran.at);
        ran.run();
      }
      now = until;
    },
  };
}

/** `network.fetch` refuses until the test gives one: no test reaches the real network by accident. */
export function seededPorts(
  seed: number,
  start: Date = new Date('2026-02-03T13:00:00Z'),
  fetch: Ports['network']['fetch'] = () => Promise.reject(new TypeError('no network in tests')),
): SeededPorts {
  const next = generator(seed);
  const bytes = (length: number): Uint8Array<ArrayBuffer> =>
    Uint8Array.from({ length }, () => next());
  return {
    ...manualTime(start),
    random: { bytes, uuid: () => uuidFrom(bytes(16)) },
    network: { fetch },
  };
}
