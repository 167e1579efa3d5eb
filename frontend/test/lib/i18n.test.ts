/** Strings: filling in, plurals, the other language; and both languages complete in every file. */
import { afterEach, describe, expect, test } from 'vitest';
import { hasText, language, setLanguage, t, translate } from '../../src/lib/i18n.svelte';
import type { Strings } from '../../src/lib/strings/types';

afterEach(() => setLanguage('nl'));

const tables = (files: Record<string, unknown>): Map<string, { slice: string; strings: Strings }> =>
  new Map(
    Object.entries(files).map(([path, strings]) => {
      const name = path.split('/').at(-1) ?? '';
      return [name.replace(/\.\w\w\.json$/, ''), { slice: name, strings: strings as Strings }];
    }),
  );
const dutch = tables(import.meta.glob('@strings/*.nl.json', { eager: true, import: 'default' }));
const english = tables(import.meta.glob('@strings/*.en.json', { eager: true, import: 'default' }));
const placeholders = (entry: unknown): string[] =>
  [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort();

describe('t', () => {
  test('fills in and chooses the plural by count', () => {
    const strings: Strings = {
      'x.hello': 'Dag {name}',
      'x.doors': { one: '{count} deur', other: '{count} deuren' },
    };
    expect(translate(strings, 'x.hello', { name: 'Samira' })).toBe('Dag Samira');
    expect(translate(strings, 'x.doors', { count: 1 })).toBe('1 deur');
    expect(translate(strings, 'x.doors', { count: 0 })).toBe('0 deuren');
    expect(translate(strings, 'x.absent')).toBeUndefined();
  });

  test('speaks Dutch, then English when asked, and shows an unknown key as it is', async () => {
    expect(t('common.back')).toBe('Terug');
    await setLanguage('en');
    expect(language()).toBe('en');
    expect(document.documentElement.lang).toBe('en');
    expect(t('common.back')).toBe('Back');
    expect(t('common.no_such_key')).toBe('common.no_such_key');
    // Dutch holds the first words only until the desk opens; English holds all at once.
    expect([hasText('desk_languages.tr'), hasText('common.no_such_key')]).toEqual([true, false]);
  });
});

describe('the strings files', () => {
  test('come in pairs', () => {
    expect([...english.keys()].sort()).toEqual([...dutch.keys()].sort());
  });

  test.each([...dutch.keys()])('%s says the same in both languages', (slice) => {
    const nl = dutch.get(slice)?.strings ?? {};
    const en = english.get(slice)?.strings ?? {};
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
    for (const [key, entry] of Object.entries(nl)) {
      // A problem's words stand with the slice that raises it, under "errors.…".
      const fits = slice.startsWith('rare_') || key.startsWith(`${slice}.`);
      expect(fits || key.startsWith('errors.'), key).toBe(true);
      expect(placeholders(en[key]), key).toEqual(placeholders(entry));
    }
  });

  test('hold every key that a screen names', () => {
    const sources = import.meta.glob<string>(['../../src/**/*.{svelte,ts}', '!**/*lanted*'], {
      eager: true,
      query: '?raw',
      import: 'default',
    });
    const known = new Set([...dutch.values()].flatMap(({ strings }) => Object.keys(strings)));
    const missing = Object.entries(sources).flatMap(([path, source]) =>
      [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !known.has(key))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
