/** The seeded ports replay, and their timers keep to their moment. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ports, replacePorts, uuidFrom } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('any sixteen bytes make a version 4 UUID', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(uuidFrom(bytes)).toMatch(UUID_4);
    }),
  );
});

test('the same seed gives the same ids, another seed others', () => {
  const ids = (seed: number): string[] => {
    const { random } = seededPorts(seed);
    return Array.from({ length: 50 }, () => random.uuid());
  };
  expect(ids(7)).toEqual(ids(7));
  expect(new Set([...ids(7), ...ids(8)]).size).toBe(100);
});

test('timers run in order of their moment, at their moment', () => {
  const { timers, clock, advance } = seededPorts(1, new Date(0));
  const ran: [string, number][] = [];
  const note = (name: string) => (): void => void ran.push([name, clock.now().getTime()]);
  timers.set(note('late'), 300);
  timers.set(note('early'), 100);
  timers.clear(timers.set(note('never'), 150));
  advance(200);
  expect(ran).toEqual([['early', 100]]);
  advance(100);
  expect(ran).toEqual([
    ['early', 100],
    ['late', 300],
  ]);
});

test('replaced ports come back', () => {
  const before = ports.clock;
  const restore = replacePorts({ clock: { now: () => new Date(0) } });
  expect(ports.clock.now().getTime()).toBe(0);
  restore();
  expect(ports.clock).toBe(before);
});
