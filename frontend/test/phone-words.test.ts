/**
 * The first bundle holds the words of every screen that opens without those of the desk: signing in
 * and all of the phone's. A word that is not there would show as its key.
 */
import { expect, test } from 'vitest';
import dutch from '../src/lib/strings/nl';
import phone from '../src/lib/strings/phone';

const SOURCES = import.meta.glob<string>('../src/**/*.{ts,svelte}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const keysOf = (files: Record<string, object>): string[] =>
  Object.values(files).flatMap(Object.keys);
const everyWord = keysOf(dutch);
const inFirstBundle = new Set(keysOf(phone));

/** Shows the server's own words where it has none for a code. */
const HAS_OTHERS = '../src/features/access/desk/faults.ts';

function resolved(from: string, to: string): string | undefined {
  const path = new URL(to, `file:///${from.replace('../', '')}`).pathname.slice(1);
  return ['', '.ts', '.svelte', '/index.ts']
    .map((end) => `../${path}${end}`)
    .find((one) => one in SOURCES);
}

/** Everything that these files bring in, now or later; not what stands behind the desk's table. */
function reachable(starts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || path.endsWith('/desk-routes.ts') || path.includes('/lib/strings/'))
      continue;
    seen.add(path);
    for (const [, to = ''] of (SOURCES[path] ?? '').matchAll(
      /(?:from|import)\s*\(?\s*'(\.[^']+)'/g,
    )) {
      const found = resolved(path, to);
      if (found !== undefined) waiting.push(found);
    }
  }
  return seen;
}

test('every word of the phone and of signing in is in the first bundle', () => {
  const files = reachable([
    '../src/main.ts',
    '../src/routes.ts',
    '../src/features/access/SignIn.svelte',
    '../src/features/access/Invitation.svelte',
  ]);
  expect(files.size).toBeGreaterThan(150);
  files.delete(HAS_OTHERS);
  const missing = [...files].flatMap((path) =>
    [...(SOURCES[path] ?? '').matchAll(/['"`]([a-z_]+\.[a-z0-9_.-]*)(['"`]|\$\{)/g)].flatMap(
      ([, key = '', end]) => {
        const meant = everyWord.filter((one) => (end === '${' ? one.startsWith(key) : one === key));
        return meant.some((one) => !inFirstBundle.has(one)) ? [`${path}: ${key}`] : [];
      },
    ),
  );
  expect(missing).toEqual([]);
});
