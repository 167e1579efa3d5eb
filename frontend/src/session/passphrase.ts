/**
 * Four words that open the phone's store. The app draws them, so that nobody has to be original:
 * 7,776 words, four of them, are 51 bits, which Argon2id makes dear to try.
 */
import { ownText } from '../api/files';
import { fromHex, toHex, type Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import type { Id } from '../store/dossiers';
import { unwrap, wrap, type PassphraseLock } from '../store/keyring';
import { FULL, SMALL, stretch } from './stretching';
import words from './words/dutch.txt?url';

export const WORDS = 4;
const SALT_BYTES = 16;

/** Why these words cannot be a passphrase: too few, one that is not in the list, or one twice. */
export type WordsProblem = 'too-few' | 'unknown' | 'twice';

let list: readonly string[] = [];

/** The words, in alphabetical order; none while they cannot be had. See words/README.md. */
export async function theWords(): Promise<readonly string[]> {
  if (list.length > 0) return list;
  const text = await ownText(words);
  if (text.ok) list = text.value.trim().split('\n');
  return list;
}

/** One of `count`, each as likely as the other: what does not divide evenly is drawn again. */
function draw(count: number): number {
  const range = 2 ** 16;
  for (;;) {
    const [high = 0, low = 0] = ports.random.bytes(2);
    const drawn = high * 256 + low;
    if (drawn < range - (range % count)) return drawn % count;
  }
}

/** Four different words; null when the list could not be had. */
export async function propose(): Promise<string[] | null> {
  const known = await theWords();
  if (known.length === 0) return null;
  const chosen = new Set<string>();
  while (chosen.size < WORDS) chosen.add(known[draw(known.length)] ?? '');
  return [...chosen];
}

/** As typed on a phone: capitals and spaces around do not matter. */
export function cleaned(word: string): string {
  return word.trim().toLowerCase();
}

/** At most three words that begin like this; none when it is a word already and nothing is longer. */
export async function completions(typed: string): Promise<string[]> {
  const start = cleaned(typed);
  if (start.length < 2) return [];
  const found = (await theWords()).filter((word) => word.startsWith(start));
  return found.length === 1 && found[0] === start ? [] : found.slice(0, 3);
}

/** What is wrong with these words, or null. */
export async function judge(typed: readonly string[]): Promise<WordsProblem | null> {
  const given = typed.map(cleaned).filter((word) => word !== '');
  if (given.length < WORDS) return 'too-few';
  const known = new Set(await theWords());
  if (given.some((word) => !known.has(word))) return 'unknown';
  return new Set(given).size < given.length ? 'twice' : null;
}

function phrase(typed: readonly string[]): string {
  return typed.map(cleaned).join(' ');
}

/** A lock on this data key; null when the phone has not even the memory for the small one. */
export async function lockWithWords(
  user: Id,
  typed: readonly string[],
  key: Bytes,
): Promise<PassphraseLock | null> {
  const salt = ports.random.bytes(SALT_BYTES);
  for (const cost of [FULL, SMALL]) {
    const secret = await stretch(phrase(typed), salt, cost);
    if (secret === null) continue;
    const sealed = await wrap(user, 'passphrase', secret, key);
    const { memorySize: memory, iterations: passes } = cost;
    return { kind: 'passphrase', salt: toHex(salt), memory, passes, ...sealed };
  }
  return null;
}

/** The data key behind the lock, or null when these are not the words. */
export async function openWords(
  user: Id,
  typed: readonly string[],
  lock: PassphraseLock,
): Promise<Bytes | null> {
  const cost = { memorySize: lock.memory, iterations: lock.passes };
  const secret = await stretch(phrase(typed), fromHex(lock.salt), cost);
  return secret === null ? null : unwrap(user, lock, secret);
}
