/** Which door is next, what is done, which round is now, and when one may come back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  behindEntrance,
  countOutcomes,
  isExpected,
  isFirstOfTwo,
  partnerOf,
  sortRounds,
  visitNumber,
  walkList,
  type Door,
  type RoundItem,
} from '../../src/features/visits/phone/doors';
import { laterChoices, laterFaults } from '../../src/features/visits/phone/later';
import type { Outcome, StopBody } from '../../src/store/dossiers';
import { ME, round, stop } from '../phone';

function door(id: string, over: Partial<StopBody> = {}): Door {
  return { id, body: { ...stop, ...over }, pending: false };
}
const said = (outcome: Outcome): Partial<StopBody> => ({
  attempt: { outcome, details: {}, date: '2026-02-03', day_part: 'afternoon', by: ME },
});
const roundOf = (...ids: string[]): typeof round => ({
  ...round,
  stops: ids.map((id, position) => ({ id, position })),
});
const ids = (doors: readonly { id: string }[]): string[] => doors.map(({ id }) => id);

describe('the list of doors', () => {
  test('keeps the order of the round, whatever order the phone gives', () => {
    const list = walkList(roundOf('a', 'b', 'c'), [door('c'), door('a'), door('b')]);
    expect(ids(list.doors)).toEqual(['a', 'b', 'c']);
  });

  test('puts the first open door next; a door nobody may ring at is done', () => {
    const doors = [door('a', said('not_home')), door('b', { hold: 'unsafe' }), door('c')];
    const list = walkList(roundOf('a', 'b', 'c'), doors);
    expect(list.next?.id).toBe('c');
    expect(ids(list.done)).toEqual(['a', 'b']);
  });

  test('has no next door when all are done', () => {
    expect(walkList(roundOf('a'), [door('a', said('leaflet'))]).next).toBeNull();
  });

  test('shows a second household right after the first, whatever its id', () => {
    const both = {
      ...round,
      stops: [
        { id: '0-second', position: 1 },
        { id: '1-first', position: 1 },
        { id: '2-next', position: 2 },
      ],
    };
    const doors = [door('0-second', { split_of: '1-first' }), door('1-first'), door('2-next')];
    expect(ids(walkList(both, doors).doors)).toEqual(['1-first', '0-second', '2-next']);
    expect(doors.map((one) => isFirstOfTwo(one, doors))).toEqual([false, true, false]);
  });

  test('a door that goes to others is done; what is not on the phone yet is counted', () => {
    const list = walkList(roundOf('a', 'b', 'c'), [door('a', { left: true }), door('b')]);
    expect(ids(list.open)).toEqual(['b']);
    expect(ids(list.done)).toEqual(['a']);
    expect(list.missing).toBe(1);
  });

  test('splits every list into open and done, without losing or doubling a door', () => {
    const some = fc.array(fc.constantFrom<Partial<StopBody>>({}, said('later'), { hold: 'x' }));
    fc.assert(
      fc.property(some, (bodies) => {
        const doors = bodies.map((over, index) => door(String(index), over));
        const list = walkList(roundOf(...ids(doors)), doors);
        expect([...ids(list.open), ...ids(list.done)].sort()).toEqual(ids(doors).sort());
      }),
    );
  });
});

describe('a door', () => {
  test('counts this visit with the earlier ones', () => {
    const earlier = [{ date: '2026-01-27', day_part: 'evening', outcome: 'not_home' } as const];
    expect(visitNumber(door('a', { earlier }).body)).toBe(2);
  });

  test('is expected on the day of its appointment only, until something came of it', () => {
    const appointment = { date: round.date, day_part: 'afternoon' } as const;
    expect(isExpected(door('a', { appointment }).body, round)).toBe(true);
    expect(isExpected(door('a', { appointment, ...said('not_home') }).body, round)).toBe(false);
    const later = { ...appointment, date: '2026-02-10' };
    expect(isExpected(door('a', { appointment: later }).body, round)).toBe(false);
  });

  test('takes only open doors behind the same entrance along, and itself', () => {
    const inside = (id: string, over: Partial<StopBody> = {}): Door =>
      door(id, { address: { ...stop.address, entrance: 'hall' }, ...over });
    const doors = [inside('a'), inside('b', said('not_home')), inside('c'), door('d')];
    expect(ids(behindEntrance(doors[0]!, doors))).toEqual(['a', 'c']);
    expect(behindEntrance(doors[3]!, doors)).toEqual([]);
  });
});

test('a summary counts each outcome and leaves out what did not come up', () => {
  const doors = [door('a', said('not_home')), door('b', said('not_home')), door('c')];
  expect(countOutcomes(doors)).toEqual([{ outcome: 'not_home', count: 2 }]);
});

test('the partner is the other of the pair', () => {
  const pair = [...round.pair, { id: 'other', first_name: 'Samira' }];
  expect(partnerOf({ ...round, pair }, ME)).toBe('Samira');
  expect(partnerOf(round, ME)).toBe('');
});

describe('the round of now', () => {
  const item = (id: string, over: Partial<typeof round>): RoundItem => ({
    id,
    body: { ...round, ...over },
  });

  test('is that of this day part, else the next one, else the last one', () => {
    const morning = item('m', { day_part: 'morning' });
    const evening = item('e', { day_part: 'evening' });
    expect(sortRounds([evening, morning], '2026-02-03', 'morning').now?.id).toBe('m');
    expect(sortRounds([evening, morning], '2026-02-03', 'afternoon').now?.id).toBe('e');
    expect(sortRounds([morning], '2026-02-03', 'evening').now?.id).toBe('m');
  });

  test('leaves yesterday’s open round and this morning’s one to be closed', () => {
    const rounds = [
      item('yesterday', { date: '2026-02-02' }),
      item('morning', { day_part: 'morning' }),
      item('now', {}),
      item('tomorrow', { date: '2026-02-04' }),
    ];
    const sorted = sortRounds(rounds, '2026-02-03', 'afternoon');
    expect(sorted.now?.id).toBe('now');
    expect(ids(sorted.unclosed)).toEqual(['yesterday', 'morning']);
    expect(ids(sorted.coming)).toEqual(['tomorrow']);
  });

  test('stays the one that was closed today, and is none where there is none today', () => {
    const closed = item('closed', { state: 'closed' });
    expect(sortRounds([closed], '2026-02-03', 'afternoon').now?.id).toBe('closed');
    const sorted = sortRounds([item('a', { date: '2026-02-04' })], '2026-02-03', 'afternoon');
    expect(sorted.now).toBeNull();
    expect(ids(sorted.coming)).toEqual(['a']);
  });
});

describe('coming back later', () => {
  const afternoon = new Date('2026-02-03T13:30:00Z');

  test('offers tonight, tomorrow and Saturday, earliest first', () => {
    expect(laterChoices(afternoon, '2026-03-31')).toEqual([
      { date: '2026-02-03', day_part: 'evening' },
      { date: '2026-02-04', day_part: 'afternoon' },
      { date: '2026-02-04', day_part: 'evening' },
      { date: '2026-02-07', day_part: 'morning' },
    ]);
  });

  test('never offers what is past, doubled, or after the last day', () => {
    const hours = fc.integer({ min: 0, max: 24 * 60 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 10 }), (hour, days) => {
        const now = new Date(afternoon.getTime() + hour * 3_600_000);
        const last = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
        const choices = laterChoices(now, last).map(({ date, day_part }) => `${date} ${day_part}`);
        expect(new Set(choices).size).toBe(choices.length);
        for (const choice of choices) expect(choice.slice(0, 10) <= last).toBe(true);
        expect(choices.every((choice) => choice >= now.toISOString().slice(0, 10))).toBe(true);
      }),
    );
  });

  test('names all that does not fit at once', () => {
    expect(laterFaults('', null, afternoon, '2026-03-31')).toEqual({
      date: 'visits.later.no_day',
      part: 'visits.later.no_part',
    });
    expect(laterFaults('2026-02-03', 'morning', afternoon, '2026-03-31')).toEqual({
      part: 'visits.later.past_part',
    });
    expect(laterFaults('2026-04-01', 'morning', afternoon, '2026-03-31').date).toBe(
      'visits.later.too_late',
    );
    expect(laterFaults('2026-02-02', 'morning', afternoon, '2026-03-31').date).toBe(
      'visits.later.past',
    );
    expect(laterFaults('2026-02-03', 'evening', afternoon, '2026-03-31')).toEqual({});
  });
});
