/** Where doors land, and what becomes of a change that a colleague was in front of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movesTo, renewed } from '../../src/features/planning/desk/deeds';
import { dropAt, type Line, type Place } from '../../src/features/planning/desk/dragging';
import { letterOf, markOf } from '../../src/features/planning/desk/marks';
import {
  bestPlace,
  byReason,
  everyDoor,
  placeOf,
  stepped,
  withMoved,
} from '../../src/features/planning/desk/placing';
import {
  pixelOf,
  nearest,
  shoved,
  viewOf,
  zoomed,
} from '../../src/features/planning/desk/projecting';
import { movesForPair } from '../../src/features/planning/desk/swapping';
import { board, leftOut, round } from './plan';

const line = (roundId: string, position: number | null, doorId: string, top: number): Line => ({
  roundId,
  leg: 0,
  position,
  doorId,
  top,
  bottom: top + 10,
});
const lines = [
  line('A', null, '', 0),
  line('A', 0, 'a1', 10),
  line('A', 1, 'a2', 20),
  line('B', null, '', 30),
  line('', null, '', 40),
];
const from = (doorId: string, roundId: string, position: number): Place => ({
  doorId,
  roundId,
  leg: 0,
  position,
});

describe('a door that is dragged', () => {
  test('lands before a door on its upper half and after it on its lower half', () => {
    const b1 = from('b1', 'B', 0);
    expect(dropAt(lines, 11, b1)).toEqual({ roundId: 'A', leg: 0, position: 0 });
    expect(dropAt(lines, 19, b1)).toEqual({ roundId: 'A', leg: 0, position: 1 });
    expect(dropAt(lines, 29, b1)).toEqual({ roundId: 'A', leg: 0, position: 2 });
  });

  test('counts without itself, and goes nowhere where it already is', () => {
    const a1 = from('a1', 'A', 0);
    expect(dropAt(lines, 29, a1)).toEqual({ roundId: 'A', leg: 0, position: 1 });
    expect(dropAt(lines, 12, a1)).toBeNull();
    expect(dropAt(lines, 21, a1)).toBeNull();
    expect(dropAt(lines, 2, a1)).toBeNull();
  });

  test('lands somewhere in a round on its own line, and in none below', () => {
    const a1 = from('a1', 'A', 0);
    expect(dropAt(lines, 35, a1)).toEqual({ roundId: 'B', leg: 0, position: null });
    expect(dropAt(lines, 900, a1)).toEqual({ roundId: '', leg: 0, position: null });
    expect(dropAt([], 5, a1)).toBeNull();
  });
});

describe('a door with a place', () => {
  test('steps over the break and stays at an end', () => {
    const [one] = board().rounds;
    const a2 = { doorId: 'a2', roundId: 'A', leg: 0, position: 1 };
    expect(stepped(one!, a2, 1)).toEqual({ roundId: 'A', leg: 1, position: 0 });
    expect(stepped(one!, { ...a2, doorId: 'a3', leg: 1, position: 0 }, 1)).toBeNull();
    expect(stepped(one!, { ...a2, doorId: 'a3', leg: 1, position: 0 }, -1)).toEqual({
      roundId: 'A',
      leg: 0,
      position: 2,
    });
  });

  test('fits between its neighbours, where it adds the least walking', () => {
    const one = round('A', ['anna', 'bram'], ['a', 'b', 'c']);
    expect(bestPlace(one, leftOut('x'), { lat: 52.01, lon: 5.001 })).toEqual({
      roundId: 'A',
      leg: 0,
      position: 2,
    });
  });

  test('is in one place, wherever it is put', () => {
    const doors = everyDoor(board()).map(({ door }) => door.address_id);
    fc.assert(
      fc.property(fc.constantFrom(...doors), fc.nat(2), fc.boolean(), (door, position, second) => {
        const to = { roundId: second ? 'B' : 'A', leg: 0, position };
        const after = everyDoor(withMoved(board(), door, to)).map((one) => one.door.address_id);
        expect([...after].sort()).toEqual([...doors].sort());
      }),
    );
  });

  test('stands under its reason, the reason of most doors first', () => {
    const left = [leftOut('x'), { ...leftOut('y'), reason: 'too-far' }, leftOut('z')];
    expect(byReason(left).map(({ reason, doors }) => [reason, doors.length])).toEqual([
      ['not-enough-time', 2],
      ['too-far', 1],
    ]);
  });
});

describe('a change that a colleague was in front of', () => {
  const deed = movesTo(board(), 'b1', { roundId: 'A', leg: 0, position: 1 }, 'b1 naar A');

  test('comes before the same door, wherever that stands now', () => {
    const now = board({
      rounds: [round('A', ['anna', 'bram'], ['z', 'a1', 'a2']), round('B', [], ['b1'])],
    });
    expect(renewed(deed, now)?.moves).toEqual([
      { act: 'move', address_id: 'b1', round_id: 'A', leg: 0, position: 2 },
    ]);
  });

  test('comes where it fits when that door is gone, and not at all when its own is', () => {
    const other = board({ rounds: [round('A', ['anna', 'bram'], ['z']), round('B', [], ['b1'])] });
    expect(renewed(deed, other)?.moves[0]).toMatchObject({ round_id: 'A', leg: 0 });
    const without = board({ rounds: [round('A', ['anna', 'bram'], ['a1'])] });
    expect(placeOf(without, 'b1')).toBeNull();
    expect(renewed(deed, without)).toBeNull();
  });
});

describe('a pair that changes', () => {
  test('changes places with who is in another round, and else simply comes', () => {
    const [one] = board().rounds;
    expect(movesForPair(board(), one!, ['anna', 'cor'])).toEqual([
      {
        act: 'swap',
        round_id: 'A',
        account_id: 'bram',
        other_round_id: 'B',
        other_account_id: 'cor',
      },
    ]);
    expect(movesForPair(board(), one!, ['emma', 'bram'])).toEqual([
      { act: 'pair', round_id: 'A', pair: ['emma', 'bram'] },
    ]);
    expect(movesForPair(board(), one!, ['bram', 'anna'])).toEqual([]);
  });
});

describe('the map', () => {
  const size = { width: 400, height: 300 };
  const spots = [
    { lat: 52.1, lon: 5.1 },
    { lat: 52.2, lon: 5.3 },
  ];

  test('shows all doors, and finds the one that is pressed', () => {
    const view = viewOf(spots, size);
    for (const spot of spots) {
      const { x, y } = pixelOf(spot, view, size);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(size.width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(size.height);
      expect(nearest(spots, { x: x + 5, y }, view, size)).toBe(spot);
    }
    expect(nearest(spots, { x: 200, y: 150 }, view, size)).toBeNull();
  });

  test('keeps what is under the pointer in its place when it goes nearer, and shoves as paper', () => {
    const view = viewOf(spots, size);
    const before = pixelOf(spots[0]!, view, size);
    const near = pixelOf(spots[0]!, zoomed(view, 2, size, before), size);
    expect(near.x).toBeCloseTo(before.x, 0);
    expect(near.y).toBeCloseTo(before.y, 0);
    const after = pixelOf(spots[0]!, shoved(view, { x: 10, y: -4 }), size);
    expect(after.x).toBeCloseTo(before.x + 10, 0);
    expect(after.y).toBeCloseTo(before.y - 4, 0);
  });

  test('tells rounds apart by letter, and by shape and colour for forty of them', () => {
    expect([0, 25, 26, 27].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB']);
    const looks = Array.from({ length: 40 }, (_, index) => {
      const { shape, colour } = markOf(index);
      return `${shape} ${String(colour)}`;
    });
    expect(new Set(looks).size).toBe(40);
  });
});
