import { describe, expect, test } from 'vitest';
import type { Consent, GuideContent, Note } from '../../../store/dossiers';
import {
  agreed,
  domainState,
  neighbours,
  nextPosition,
  notesOf,
  standing,
  talkMode,
} from './state';

const consent = (over: Partial<Consent>): Consent => ({
  id: 'c',
  purpose: 'note',
  given: true,
  language: 'nl',
  how: 'spoken',
  team_id: null,
  made_at: '2026-02-03T13:00:00Z',
  withdrawn_at: null,
  ...over,
});
const note = (over: Partial<Note>): Note => ({
  id: 'n',
  domain: 'money_and_schemes',
  position: 0,
  text: 'post',
  ...over,
});
const nothing = { assessments: {}, notes: [], advices: [] };

describe('the answer that stands', () => {
  test('is the last one given', () => {
    const yes = consent({ id: 'yes', made_at: '2026-02-03T13:10:00Z' });
    const no = consent({ id: 'no', given: false });
    expect(standing([yes, no], 'note')?.id).toBe('yes');
    expect(agreed([yes, no], 'note')).toBe(true);
  });

  test('is the no when both were said in the same second', () => {
    const both = [consent({ id: 'no', given: false }), consent({ id: 'yes' })];
    expect(standing(both, 'note')?.id).toBe('no');
  });

  test('of a yes that was withdrawn is no, until it is asked again', () => {
    const withdrawn = consent({ withdrawn_at: '2026-02-03T13:20:00Z' });
    const again = consent({ made_at: '2026-02-03T13:30:00Z' });
    expect(agreed([withdrawn], 'note')).toBe(false);
    expect(agreed([withdrawn, again], 'note')).toBe(true);
  });

  test('for one receiver says nothing about another', () => {
    const shared = [consent({ purpose: 'share', team_id: 'one' })];
    expect(agreed(shared, 'share', 'one')).toBe(true);
    expect(agreed(shared, 'share', 'two')).toBe(false);
  });
});

describe('a talk', () => {
  const conversation = {
    id: 'x',
    stop_id: 's',
    campaign_id: '',
    date: '2026-02-03',
    noted: true,
    state: 'open' as const,
    guide_id: 'g',
    consent_text_id: 't',
  };

  test('asks first, notes after a yes, and only reads after a no', () => {
    expect(talkMode(null, { attempt: null })).toBe('asking');
    expect(talkMode({ conversation, consents: [] }, null)).toBe('asking');
    expect(talkMode({ conversation, consents: [consent({})] }, null)).toBe('noting');
    const gone = consent({ withdrawn_at: '2026-02-03T14:00:00Z' });
    expect(talkMode({ conversation, consents: [gone] }, null)).toBe('reading');
  });

  test('without notes is known from the door alone', () => {
    const attempt = {
      outcome: 'conversation_without_notes' as const,
      details: {},
      date: '2026-02-03',
      day_part: 'afternoon' as const,
      by: 'me',
    };
    expect(talkMode(null, { attempt })).toBe('reading');
  });
});

describe('the state of a domain', () => {
  test('is its answer, else begun, else untouched', () => {
    expect(domainState(null, 'money_and_schemes')).toBe('untouched');
    expect(domainState(nothing, 'money_and_schemes')).toBe('untouched');
    expect(domainState({ ...nothing, notes: [note({})] }, 'money_and_schemes')).toBe('begun');
    const advices = [{ domain: 'money_and_schemes', key: 'toeslagen' }];
    expect(domainState({ ...nothing, advices }, 'money_and_schemes')).toBe('begun');
    const assessments = { money_and_schemes: 'help_wanted' as const };
    expect(domainState({ ...nothing, assessments, advices }, 'money_and_schemes')).toBe(
      'help_wanted',
    );
  });

  test('does not count a note without words', () => {
    const notes = [note({ text: '  ' })];
    expect(notesOf(notes, 'money_and_schemes')).toEqual([]);
    expect(domainState({ ...nothing, notes }, 'money_and_schemes')).toBe('untouched');
  });

  test('puts a new note after all others', () => {
    expect(nextPosition([])).toBe(0);
    expect(nextPosition([note({ position: 4 }), note({ position: 1 })])).toBe(5);
  });
});

test('a card knows the cards beside it', () => {
  const domains = ['a', 'b', 'c'].map((key) => ({ key }));
  const guide = { domains } as unknown as GuideContent;
  expect(neighbours(guide, 'b')).toEqual({
    before: { key: 'a' },
    card: { key: 'b' },
    after: { key: 'c' },
  });
  expect(neighbours(guide, 'a').before).toBeNull();
  expect(neighbours(guide, 'c').after).toBeNull();
  expect(neighbours(guide, 'x').card).toBeNull();
  expect(neighbours(null, 'a').card).toBeNull();
});
