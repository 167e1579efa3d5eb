import { expect, test } from 'vitest';
import type { Answer, GuideDomain, Handover, HandoverState } from '../../../store/dossiers';
import { canWithdraw, inReadingOrder, shareable, sharedByDefault } from './sharing';

const KEYS = ['money', 'home', 'work', 'health', 'family'];
const domains = KEYS.map((key) => ({ key })) as unknown as GuideDomain[];
const assessments: Record<string, Answer> = {
  money: 'help_wanted',
  home: 'goes_well',
  work: 'does_not_want',
  health: 'not_discussed',
};
const said = { assessments, notes: [], advices: [] };

test('what they did not want to talk about cannot be shared', () => {
  expect(shareable(said, domains).map(({ key }) => key)).toEqual(['money', 'home']);
});

test('only what they want help with is ticked beforehand', () => {
  expect(sharedByDefault(said, domains)).toEqual(['money']);
});

const handover = (state: HandoverState): Handover => ({
  id: state,
  team_id: 't',
  state,
  urgency: 'ordinary',
  why: '',
  domains: [],
  company_wanted: false,
  called_at: null,
  answer: null,
});

test('a question comes first, what ended comes last', () => {
  const states: HandoverState[] = ['closed', 'accepted', 'returned', 'refused'];
  expect(inReadingOrder(states.map(handover)).map(({ state }) => state)).toEqual([
    'returned',
    'accepted',
    'closed',
    'refused',
  ]);
});

test('only what still goes somewhere can be taken back', () => {
  expect(canWithdraw(handover('accepted'))).toBe(true);
  expect(canWithdraw(handover('withdrawn'))).toBe(false);
});
