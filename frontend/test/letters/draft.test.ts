/** A letter that is being written: what was typed stays, and nobody's words go unseen. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { draftOf, LetterDraft } from '../../src/features/letters/desk/draft.svelte';
import { faultsIn } from '../../src/features/letters/desk/faults';
import type { Letter } from '../../src/features/letters/desk/requests';
import { currentAccount } from '../../src/session/session.svelte';

vi.mock('../../src/session/session.svelte', () => ({ currentAccount: vi.fn() }));

const letter: Letter = {
  recognition_word: 'zon',
  waiting_days: 7,
  texts: { en: 'Dear', nl: 'Beste' },
  version: 1,
  saved_at: '2026-02-03T12:00:00Z',
  printed_at: null,
  known_fields: [],
  languages: [],
  ready_texts: { nl: 'Klaar', en: 'Ready', tr: 'Hazır' },
  doors: 6,
  closed: false,
};

const sits = (id: string): void => {
  vi.mocked(currentAccount).mockReturnValue({ id, role: 'supervisor', language: 'nl' });
};

beforeEach(() => {
  sits('sofie');
});

describe('a draft', () => {
  test('that was saved keeps what was typed meanwhile, and is not behind itself', () => {
    const draft = new LetterDraft(letter);
    const sent = draft.body;
    const saved = { ...letter, saved_at: '2026-02-03T13:00:00Z' };
    const [dutch] = draft.parts;
    if (dutch) dutch.text = 'Beste buur';
    draft.saved(saved, sent);
    expect(draft.body.texts['nl']).toBe('Beste buur');
    expect([draft.isUnsaved, draft.isBehind(letter)]).toEqual([true, false]);
    expect(draft.isBehind({ ...letter, saved_at: '2026-02-03T14:00:00Z' })).toBe(true);
  });

  test('has Dutch in front, and is saved until something is typed', () => {
    const draft = new LetterDraft(letter);
    expect(draft.parts.map(({ code }) => code)).toEqual(['nl', 'en']);
    expect(draft.isUnsaved).toBe(false);
    const [dutch] = draft.parts;
    if (dutch) dutch.text = 'Beste buur';
    expect(draft.isUnsaved).toBe(true);
    expect(draft.body.texts).toEqual({ nl: 'Beste buur', en: 'Dear' });
  });

  test('a language that is added has the ready text, or that of before', () => {
    const draft = new LetterDraft(letter);
    draft.add('tr');
    draft.add('ar');
    draft.drop('en');
    draft.add('en');
    expect(draft.body.texts).toEqual({ nl: 'Beste', tr: 'Hazır', ar: '', en: 'Dear' });
    draft.drop('tr');
    draft.drop('ar');
    expect(draft.isUnsaved).toBe(false);
  });

  test('a language that was taken out by mistake comes back with every word that was typed', () => {
    const draft = new LetterDraft(letter);
    const english = draft.parts.find(({ code }) => code === 'en');
    if (english) english.text = 'Dear neighbour';
    draft.drop('en');
    expect(draft.body.texts).toEqual({ nl: 'Beste' });
    draft.add('en');
    expect(draft.body.texts).toEqual({ nl: 'Beste', en: 'Dear neighbour' });
  });

  test('notices that somebody else saved, and says so to the server until that was seen', () => {
    const draft = new LetterDraft(letter);
    draft.word = 'maan';
    const theirs = { ...letter, saved_at: '2026-02-03T12:05:00Z', recognition_word: 'ster' };
    expect(draft.isBehind(theirs)).toBe(true);
    expect(draft.body.seen_at).toBe(letter.saved_at);
    draft.keepOver(theirs);
    expect([draft.isBehind(theirs), draft.word, draft.body.seen_at]).toEqual([
      false,
      'maan',
      theirs.saved_at,
    ]);
    draft.follow(theirs);
    expect([draft.word, draft.isUnsaved]).toEqual(['ster', false]);
  });
});

describe('a draft that is kept', () => {
  test('is there when somebody comes back, for this campaign alone', () => {
    draftOf('c1', letter).word = 'maan';
    expect(draftOf('c1', letter).word).toBe('maan');
    expect(draftOf('c2', letter).word).toBe('zon');
  });

  test('gives way to what was saved since, when nothing was typed', () => {
    draftOf('c3', letter);
    expect(draftOf('c3', { ...letter, recognition_word: 'ster' }).word).toBe('ster');
  });

  test('is nobody else’s', () => {
    draftOf('c4', letter).word = 'maan';
    sits('tom');
    expect(draftOf('c4', letter).word).toBe('zon');
  });
});

test('all that is wrong with a text is told beside it, and nothing of another', () => {
  const faults = [
    { field: 'texts/nl', message: 'Regel 1.' },
    { field: 'texts/en', message: 'Line 2.' },
    { field: 'texts/nl', message: 'Regel 3.' },
  ];
  expect(faultsIn(faults, 'texts/nl')).toBe('Regel 1. Regel 3.');
  expect(faultsIn(faults, 'texts/tr')).toBeUndefined();
});
