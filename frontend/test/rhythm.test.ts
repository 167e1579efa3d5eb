/** When the engine syncs, and how it waits after a failure. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordOutcome } from '../src/features/visits/acts';
import { replacePorts } from '../src/lib/ports';
import { seededPorts, type SeededPorts } from '../src/lib/ports-seeded';
import { startEngine, waitAfter, type Engine } from '../src/sync/engine';
import { must, newPhone, shownStop, type Phone } from './phone';

let phone: Phone;
let time: SeededPorts;
let engine: Engine;

/** As many requests as that have been answered, and the engine is at rest. */
async function settled(requests: number): Promise<void> {
  await vi.waitFor(() => {
    expect(phone.server.requests).toHaveLength(requests);
  });
  await engine.syncNow();
}

beforeEach(async () => {
  time = seededPorts(5);
  replacePorts(time);
  phone = await newPhone();
});

afterEach(() => {
  engine.stop();
});

describe('the engine', () => {
  it('syncs at start, soon after an act, and every minute', async () => {
    engine = startEngine(phone.store);
    await engine.syncNow();
    expect(phone.server.requests).toHaveLength(1);
    await must(recordOutcome(shownStop, 'not_home'));
    time.advance(499);
    expect(phone.server.requests).toHaveLength(1);
    time.advance(1);
    await vi.waitFor(() => {
      expect(phone.server.effects).toHaveLength(1);
    });
    const before = phone.server.requests.length;
    await engine.syncNow();
    time.advance(60_000);
    await vi.waitFor(() => {
      expect(phone.server.requests.length).toBeGreaterThan(before);
    });
    expect(phone.server.mostInFlight).toBe(1);
  });

  it('waits longer after each failure, never as long as six minutes, never at once', () => {
    const waits = [1, 2, 3, 8, 20].map((failures) => waitAfter(failures, 'unwell'));
    expect(waits[0]).toBeGreaterThanOrEqual(1_000);
    expect(waits[0]).toBeLessThanOrEqual(2_000);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(150_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(300_000);
  });

  it('tries a line that is gone at least twice a minute, however long it was gone', () => {
    const waits = [5, 20, 1_000].map((failures) => waitAfter(failures, 'offline'));
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(12_000);
      expect(wait).toBeLessThanOrEqual(24_000);
    }
  });

  it('counts failures anew when the line is back: the next wait is a short one', async () => {
    phone.server.mishaps = Array.from({ length: 9 }, () => 'drop-request');
    engine = startEngine(phone.store);
    await engine.syncNow();
    for (let tries = 2; tries <= 8; tries += 1) {
      time.advance(24_000);
      await settled(tries);
    }
    window.dispatchEvent(new Event('online'));
    time.advance(0);
    await settled(9);
    time.advance(2_000);
    await settled(10);
    expect(await must(phone.store.meta('last_success'))).not.toBeNull();
  });

  it('does not ask at every act while there is no line', async () => {
    phone.server.mishaps = ['drop-request', 'drop-request'];
    engine = startEngine(phone.store);
    await engine.syncNow();
    await must(recordOutcome(shownStop, 'not_home'));
    time.advance(500);
    expect(phone.server.requests).toHaveLength(1);
    window.dispatchEvent(new Event('online'));
    time.advance(0);
    await settled(2);
  });

  it('stops when told', async () => {
    engine = startEngine(phone.store);
    await engine.syncNow();
    engine.stop();
    time.advance(600_000);
    await must(recordOutcome(shownStop, 'not_home'));
    time.advance(600_000);
    expect(phone.server.requests).toHaveLength(1);
  });
});
