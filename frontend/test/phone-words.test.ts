/**
 * The first bundle holds the words of every screen that opens without those of the desk: signing in
 * and all of the phone's, but for those that bring the rare words along. A word that is not there would
 * show as its key.
 */
import { expect, test } from 'vitest';
import dutch from '../src/lib/strings/nl';
import phone from '../src/lib/strings/phone';
import rare from '../src/lib/strings/rare';
import talk from '../src/lib/strings/talk';

const SOURCES = import.meta.glob<string>('../src/**/*.{ts,svelte}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const keysOf = (files: Record<string, object>): string[] =>
  Object.values(files).flatMap(Object.keys);
const everyWord = keysOf(dutch);
const inFirstBundle = keysOf(phone);
const PACKS: Readonly<Record<string, readonly string[]>> = {
  Rare: keysOf(rare),
  Talk: keysOf(talk),
};
const BRINGS = /with(Rare|Talk)Words\(\s*\(\) =>\s*import\(\s*'([^']+)'/g;

/** Shows the server's own words where it has none for a code. */
const HAS_OTHERS = '../src/features/access/desk/faults.ts';

function resolved(from: string, to: string): string | undefined {
  const path = new URL(to, `file:///${from.replace('../', '')}`).pathname.slice(1);
  return ['', '.ts', '.svelte', '/index.ts']
    .map((end) => `../${path}${end}`)
    .find((one) => one in SOURCES);
}

interface Reached {
  readonly path: string;
  /** The packs of words that are there by then, in a fixed order. */
  readonly packs: readonly string[];
}

/** What a file brings in, now or later, each with the packs of words that come along. */
function broughtIn({ path, packs }: Reached): Reached[] {
  const source = SOURCES[path] ?? '';
  const to = (written: string, more: readonly string[]): Reached[] => {
    const found = resolved(path, written);
    return found === undefined ? [] : [{ path: found, packs: more }];
  };
  const withWords = [...source.matchAll(BRINGS)].map(([, pack = '', written = '']) => ({
    written,
    packs: [...new Set([...packs, pack])].sort(),
  }));
  const other = [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].filter(
    ([, written]) => !withWords.some((one) => one.written === written),
  );
  return [
    ...withWords.flatMap((one) => to(one.written, one.packs)),
    ...other.flatMap(([, written = '']) => to(written, packs)),
  ];
}

/** Everything that these files bring in; not what stands behind the desk's table. */
function reachable(starts: readonly string[]): Reached[] {
  const seen = new Map<string, Reached>();
  const waiting: Reached[] = starts.map((path) => ({ path, packs: [] }));
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const key = `${one.path} ${one.packs.join()}`;
    if (seen.has(key) || one.path.endsWith('/desk-routes.ts')) continue;
    if (one.path.includes('/lib/strings/')) continue;
    seen.set(key, one);
    waiting.push(...broughtIn(one));
  }
  return [...seen.values()];
}

function missingFrom({ path, packs }: Reached): string[] {
  if (path === HAS_OTHERS) return [];
  const words = new Set([...inFirstBundle, ...packs.flatMap((pack) => PACKS[pack] ?? [])]);
  return [...(SOURCES[path] ?? '').matchAll(/['"`]([a-z_]+\.[a-z0-9_.-]*)(['"`]|\$\{)/g)].flatMap(
    ([, key = '', end]) => {
      const meant = everyWord.filter((one) => (end === '${' ? one.startsWith(key) : one === key));
      return meant.some((one) => !words.has(one))
        ? [`${path} with ${packs.join() || 'none'}: ${key}`]
        : [];
    },
  );
}

const STARTS = [
  '../src/main.ts',
  '../src/routes.ts',
  '../src/features/access/SignIn.svelte',
  '../src/features/access/Invitation.svelte',
];

test('every word of the phone and of signing in is in the first bundle or comes with its screen', () => {
  const reached = reachable(STARTS);
  const withNone = reached.filter(({ packs }) => packs.length === 0);
  expect(withNone.length).toBeGreaterThan(140);
  for (const pack of Object.keys(PACKS)) {
    expect(reached.some(({ packs }) => packs.includes(pack))).toBe(true);
  }
  expect(reached.flatMap(missingFrom)).toEqual([]);
});
