/** What the screen behind the light says of half-filled forms. */
import { beforeEach, expect, test } from 'vitest';
import { openConversation } from '../../src/features/conversations/acts';
import { readUnfinished, type Unfinished } from '../../src/store/unfinished';
import { holdsWords } from '../../src/store/forms';
import { keepDraft } from '../../src/sync/drafts';
import { syncOnce } from '../../src/sync/once';
import { HOUSEHOLD, must, newPhone, round, shownStop, STOP, type Phone } from '../phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
});

async function found(): Promise<Unfinished> {
  const read = await readUnfinished(phone.store);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
}

test('a hand-over and an answer are named with their household, begun here or not', async () => {
  await must(openConversation(shownStop, round, true));
  await must(keepDraft('handover', HOUSEHOLD, { why: 'Drie brieven', teamId: null }));
  await must(keepDraft('answer', HOUSEHOLD, { words: 'Ja' }));
  expect(await found()).toEqual({
    forms: [
      { kind: 'handover', householdId: HOUSEHOLD },
      { kind: 'answer', householdId: HOUSEHOLD },
    ],
    others: 0,
  });
});

test('a worry is counted and never named, about a door or about none', async () => {
  await must(keepDraft('worry', STOP, { facts: 'Koud', withAddress: true }));
  await must(keepDraft('worry', 'none', { facts: 'Donker', withAddress: true }));
  expect(await found()).toEqual({ forms: [], others: 2 });
});

test('what was typed and taken out again is no form', () => {
  expect(holdsWords(JSON.stringify({ facts: ' ', withAddress: true }))).toBe(false);
  expect(holdsWords(null)).toBe(false);
  expect(holdsWords(JSON.stringify({ why: '', teamId: 'team' }))).toBe(true);
});
