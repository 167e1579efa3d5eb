import { describe, expect, test } from 'vitest';
import type { Aftercare, Plan, Step } from '../../../store/dossiers';
import { moves } from './order';
import { goalsToShow, spokenLines, takeAlongText, usualKind, whoAndWhen } from './share-text';

const step = (over: Partial<Step>): Step => ({
  id: 's',
  position: 0,
  text: 'Post openen',
  who: 'someone',
  who_name: 'Marga',
  by: 'voor vrijdag',
  status: 'open',
  ...over,
});
const plan = (steps: Step[], text = 'Rust'): Plan => ({
  id: 'p',
  print_wanted: false,
  bring_by: null,
  bring_on: null,
  goals: [{ id: 'g', position: 0, domain: '', text, steps }],
});
const aftercare: Aftercare = {
  id: 'a',
  due_on: '2026-03-03',
  day_part: 'afternoon',
  kind: 'visit',
  account_id: 'me',
  outcome: '',
  more_help: false,
  closed: false,
};

describe('a plan in words', () => {
  test('says who and when, with the name on screen and aloud', () => {
    expect(whoAndWhen(step({}))).toBe('Dat doet Marga · voor vrijdag');
    expect(whoAndWhen(step({ who: 'resident', by: '' }))).toBe('Dat doe ik');
    expect(spokenLines(plan([step({})]), null).join(' ')).toContain('Marga');
  });

  test('to take along carries no name', () => {
    const text = takeAlongText(plan([step({})]), aftercare);
    expect(text).not.toContain('Marga');
    expect(text).toContain('- Post openen (Dat doet iemand anders · voor vrijdag)');
    expect(text).toContain('dinsdag 3 maart 2026, middag');
  });

  test('leaves out what has no words yet', () => {
    expect(goalsToShow(plan([step({ text: ' ' })], ''))).toEqual([]);
    expect(goalsToShow(plan([step({ text: '' })]))[0]?.steps).toEqual([]);
    expect(goalsToShow(null)).toEqual([]);
  });
});

describe('moving in a list', () => {
  const list = [
    { id: 'a', position: 0 },
    { id: 'b', position: 1 },
    { id: 'c', position: 2 },
  ];
  const said = (id: string, by: -1 | 1): [string, number][] =>
    moves(list, id, by).map(({ item, position }) => [item.id, position]);

  test('says only what changes place', () => {
    expect(said('b', -1)).toEqual([
      ['b', 0],
      ['a', 1],
    ]);
  });

  test('stops at both ends', () => {
    expect(said('a', -1)).toEqual([]);
    expect(said('c', 1)).toEqual([]);
  });

  test('settles places that two phones gave twice', () => {
    const twice = [
      { id: 'a', position: 0 },
      { id: 'b', position: 0 },
    ];
    expect(moves(twice, 'b', -1).map(({ item, position }) => [item.id, position])).toEqual([
      ['a', 1],
    ]);
  });
});

describe('how to come back when nothing was agreed yet', () => {
  const contact = { called_name: 'Fatma', value: '099-5550142', when: '', voicemail_ok: false };

  test('a call where they chose to be called', () => {
    expect(usualKind({ ...contact, channel: 'phone' })).toBe('call');
  });

  test('a visit otherwise, also while nobody asked', () => {
    expect(usualKind({ ...contact, channel: 'visit' })).toBe('visit');
    expect(usualKind({ ...contact, channel: 'mail' })).toBe('visit');
    expect(usualKind(null)).toBe('visit');
  });
});
