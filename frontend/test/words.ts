/** The words of a phone in tests: the real list, and a phone that chose four of them. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { beginWithWords, meet, opening } from '../src/session/opening.svelte';
import { propose } from '../src/session/passphrase';
import { ME, must } from './phone';

const LIST = readFileSync('src/session/words/dutch.txt', 'utf8');

/** The list, as the app fetches it. */
export function wordList(): Promise<Response> {
  return Promise.resolve(new Response(LIST, { headers: { 'Content-Type': 'text/plain' } }));
}

/** Chooses words on a phone that has none; gives them. */
export async function begun(user = ME): Promise<string[]> {
  await meet(user);
  expect(opening()).toBe('choose');
  const words = await propose();
  if (words === null) throw new Error('no words');
  await must(beginWithWords(words));
  expect(opening()).toBe('open');
  return words;
}
