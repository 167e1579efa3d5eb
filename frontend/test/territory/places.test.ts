/** What lies inside, what crosses, and how streets are drawn: against slower ways of reckoning. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { answered } from '../../build/leaflet';
import { drawnGround, streetLines } from '../../src/ui/map/ground';
import { seriesLook } from '../../src/ui/map/looks';
import { boxOf, crossing, isInside, type Place } from '../../src/ui/map/places';

const place = (lat: number, lon: number): Place => ({ lat, lon });
const SQUARE = [place(0, 0), place(0, 4), place(4, 4), place(4, 0)];
const spots = fc.record({
  lat: fc.integer({ min: -2, max: 6 }),
  lon: fc.integer({ min: -2, max: 6 }),
});

describe('an area', () => {
  test('holds what lies in it and on its edge, and nothing else', () => {
    fc.assert(
      fc.property(spots, (spot) => {
        const inside = spot.lat >= 0 && spot.lat <= 4 && spot.lon >= 0 && spot.lon <= 4;
        expect(isInside(SQUARE, spot)).toBe(inside);
      }),
    );
  });

  test('is the same whichever corner comes first and whichever way it goes round', () => {
    const star = [place(0, 0), place(1, 3), place(4, 4), place(1, 5), place(0, 9)];
    fc.assert(
      fc.property(spots, fc.nat({ max: 4 }), (spot, first) => {
        const turned = [...star.slice(first), ...star.slice(0, first)];
        expect(isInside(turned, spot)).toBe(isInside(star, spot));
        expect(isInside([...turned].reverse(), spot)).toBe(isInside(star, spot));
      }),
    );
  });

  test('that crosses itself names the two sides', () => {
    expect(crossing([place(0, 0), place(4, 4), place(0, 4), place(4, 0)])).toEqual([0, 2]);
    expect(crossing(SQUARE)).toBeNull();
  });

  test('of three corners never crosses itself', () => {
    fc.assert(
      fc.property(spots, spots, spots, (a, b, c) => {
        expect(crossing([a, b, c])).toBeNull();
      }),
    );
  });

  test('has a box that holds every corner', () => {
    fc.assert(
      fc.property(fc.array(spots, { minLength: 1 }), (corners) => {
        const box = boxOf(corners);
        expect(box?.south).toBe(Math.min(...corners.map(({ lat }) => lat)));
        expect(box?.east).toBe(Math.max(...corners.map(({ lon }) => lon)));
      }),
    );
    expect(boxOf([])).toBeNull();
  });
});

describe('a drawn street', () => {
  const doors = Array.from({ length: 12 }, (_, at) => place(52 + at / 10_000, 5));

  test('ties each door to its neighbour', () => {
    expect(streetLines(doors)).toHaveLength(doors.length - 1);
    for (const [a, b] of streetLines(doors)) expect(Math.abs(a.lat - b.lat)).toBeLessThan(0.00011);
  });

  test('does not cross a gap', () => {
    const far = doors.map(({ lat, lon }) => place(lat + 0.1, lon));
    expect(streetLines([...doors, ...far])).toHaveLength(2 * (doors.length - 1));
  });

  test('has its name once, at one of its doors', () => {
    const { names } = drawnGround([
      { name: 'Wilgenhof', doors },
      { name: 'Leeg', doors: [] },
    ]);
    expect(names).toHaveLength(1);
    expect(doors.map(({ lat }) => lat)).toContain(names[0]?.lat);
  });
});

test('thirty rounds have looks of their own', () => {
  const looks = Array.from({ length: 30 }, (_, nth) => JSON.stringify(seriesLook(nth)));
  expect(new Set(looks).size).toBe(30);
});

test('Leaflet writes no markup at its start', () => {
  const file = createRequire(import.meta.url).resolve('leaflet/dist/leaflet-src.esm.js');
  const source = readFileSync(file, 'utf8');
  const code = answered(source);
  expect(source).toContain("div.innerHTML = '<svg/>'");
  expect(code).not.toContain("div.innerHTML = '<svg/>'");
  expect(code).not.toContain('v:shape');
  expect(() => answered(code)).toThrow('no longer asks');
});
