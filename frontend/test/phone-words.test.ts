/**
 * The first bundle holds the words of every screen that opens without those of the desk: signing in
 * and all of the phone's, but for those that bring the rare words along. A word that is not there would
 * show as its key.
 */
import { expect, test } from 'vitest';
import dutch from '../src/lib/strings/nl';
import phone from '../src/lib/strings/phone';
import rare from '../src/lib/strings/rare';

const SOURCES = import.meta.glob<string>('../src/**/*.{ts,svelte}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const keysOf = (files: Record<string, object>): string[] =>
  Object.values(files).flatMap(Object.keys);
const everyWord = keysOf(dutch);
const inFirstBundle = new Set(keysOf(phone));
const alsoRare = new Set([...inFirstBundle, ...keysOf(rare)]);
const BRINGS_RARE = /withRareWords\(\s*\(\) =>\s*import\(\s*'([^']+)'/g;

/** Shows the server's own words where it has none for a code. */
const HAS_OTHERS = '../src/features/access/desk/faults.ts';

function resolved(from: string, to: string): string | undefined {
  const path = new URL(to, `file:///${from.replace('../', '')}`).pathname.slice(1);
  return ['', '.ts', '.svelte', '/index.ts']
    .map((end) => `../${path}${end}`)
    .find((one) => one in SOURCES);
}

function broughtIn(path: string, by: RegExp): string[] {
  return [...(SOURCES[path] ?? '').matchAll(by)].flatMap(([, to = '']) => resolved(path, to) ?? []);
}

/**
 * Everything that these files bring in, now or later; not what stands behind the desk's table, nor,
 * `unless` it is asked for, what comes with the rare words.
 */
function reachable(starts: readonly string[], unless?: 'rare'): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || path.endsWith('/desk-routes.ts') || path.includes('/lib/strings/'))
      continue;
    seen.add(path);
    const withRare = unless === 'rare' ? broughtIn(path, BRINGS_RARE) : [];
    const all = broughtIn(path, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
    waiting.push(...all.filter((one) => !withRare.includes(one)));
  }
  return seen;
}

function missingFrom(words: ReadonlySet<string>, files: ReadonlySet<string>): string[] {
  return [...files]
    .filter((path) => path !== HAS_OTHERS)
    .flatMap((path) =>
      [...(SOURCES[path] ?? '').matchAll(/['"`]([a-z_]+\.[a-z0-9_.-]*)(['"`]|\$\{)/g)].flatMap(
        ([, key = '', end]) => {
          const meant = everyWord.filter((one) =>
            end === '${' ? one.startsWith(key) : one === key,
          );
          return meant.some((one) => !words.has(one)) ? [`${path}: ${key}`] : [];
        },
      ),
    );
}

const STARTS = [
  '../src/main.ts',
  '../src/routes.ts',
  '../src/features/access/SignIn.svelte',
  '../src/features/access/Invitation.svelte',
];

test('every word of the phone and of signing in is in the first bundle or comes with its screen', () => {
  const first = reachable(STARTS, 'rare');
  const all = reachable(STARTS);
  expect(first.size).toBeGreaterThan(140);
  expect(all.size).toBeGreaterThan(first.size);
  expect(missingFrom(inFirstBundle, first)).toEqual([]);
  expect(missingFrom(alsoRare, all)).toEqual([]);
});
