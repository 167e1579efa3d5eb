/** Follow-ups: whose they are, in which order, what is due. */
import { expect, test } from 'vitest';
import {
  countDue,
  followUps,
  openFollowUps,
  type Household,
} from '../../src/features/access/phone/due';
import { calledName, groupFollowUps, nearness } from '../../src/features/plans/phone/follow-ups';
import { talksOf, type Talk } from '../../src/features/access/phone/talks';
import type { Aftercare, HouseholdBody } from '../../src/store/dossiers';
import { ME, stop } from '../phone';

const TODAY = '2026-02-03';

function aftercare(id: string, due_on: string, over: Partial<Aftercare> = {}): Aftercare {
  const rest = { day_part: '', kind: 'call', account_id: ME, outcome: '' } as const;
  return { id, due_on, ...rest, more_help: false, closed: false, ...over };
}
function household(id: string, aftercares: Aftercare[]): Household {
  const body: HouseholdBody = {
    role: 'aftercare',
    stop_id: null,
    address: stop.address,
    contact: null,
    conversation: null,
    consents: [],
    assessments: {},
    notes: [],
    advices: [],
    debt_help: null,
    plan: null,
    aftercares,
    handovers: [],
    differences: [],
  };
  return { id, body };
}
const all = [
  household('one', [aftercare('late', '2026-02-20'), aftercare('past', '2026-01-30')]),
  household('two', [
    aftercare('today', TODAY),
    aftercare('closed', '2026-01-02', { closed: true }),
    aftercare('of another', '2026-01-01', { account_id: 'somebody' }),
  ]),
];
const ids = (items: readonly { aftercare: Aftercare }[]): string[] =>
  items.map((item) => item.aftercare.id);

test('only my own open follow-ups show, nearest date first', () => {
  expect(ids(openFollowUps(all, ME))).toEqual(['past', 'today', 'late']);
});

test('what is due is counted from today back', () => {
  expect(countDue(openFollowUps(all, ME), TODAY)).toBe(2);
});

test('they are due, coming or closed', () => {
  const groups = groupFollowUps(followUps(all, ME), TODAY);
  expect(ids(groups.due)).toEqual(['past', 'today']);
  expect(ids(groups.coming)).toEqual(['late']);
  expect(ids(groups.closed)).toEqual(['closed']);
});

test('a near date is said in days, a far one as a date', () => {
  expect(nearness(aftercare('a', TODAY), TODAY)).toBe('vandaag');
  expect(nearness(aftercare('a', '2026-02-04'), TODAY)).toBe('morgen');
  expect(nearness(aftercare('a', '2026-02-01'), TODAY)).toBe('2 dagen geleden');
  expect(nearness(aftercare('a', '2026-02-20'), TODAY)).toBe('vr 20 feb');
});

test('without a name the door is named, and who moved is "bewoner"', () => {
  const { body } = household('one', []);
  const contact = { called_name: 'Ali', channel: 'visit', value: '', when: '' } as const;
  expect(calledName({ ...body, contact: { ...contact, voicemail_ok: false } })).toBe('Ali');
  expect(calledName(body)).toBe('Wilgenhof 12');
  expect(calledName({ ...body, address: null })).toBe('Bewoner');
});

test('only the talks of today can be talked over, in walking order', () => {
  const at = (
    id: string,
    position: number,
    date: string,
    outcome: 'conversation' | 'not_home',
  ): Talk => ({
    id,
    body: {
      ...stop,
      position,
      attempt: { outcome, details: {}, date, day_part: 'morning' as const, by: ME },
    },
  });
  const stops = [
    at('second', 2, TODAY, 'conversation'),
    at('first', 1, TODAY, 'conversation'),
    at('yesterday', 0, '2026-02-02', 'conversation'),
    at('nobody', 3, TODAY, 'not_home'),
  ];
  expect(talksOf(stops, TODAY).map(({ id }) => id)).toEqual(['first', 'second']);
});
