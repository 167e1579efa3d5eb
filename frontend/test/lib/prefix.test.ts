/** One build, any path: where the app lives follows from where its scripts lie. */
import { expect, test } from 'vitest';
import { addressOf, below, inside, pathOf, prefixOf } from '../../src/lib/prefix';

test('a built script knows the path that the app lives under', () => {
  expect(prefixOf('https://gemeente.example/assets/ground-a1.js')).toBe('');
  expect(prefixOf('https://gemeente.example/hulp/voordeur/assets/ground-a1.js')).toBe(
    '/hulp/voordeur',
  );
  expect(prefixOf('https://gemeente.example/assets/assets/ground-a1.js')).toBe('/assets');
});

test('paths of ours get the prefix; other addresses stay as they are', () => {
  expect(below('/voordeur', '/door/1#contact')).toBe('/voordeur/door/1#contact');
  expect(['tel:112', '#main'].map((href) => below('/voordeur', href))).toEqual([
    'tel:112',
    '#main',
  ]);
});

test('an address beside the app is none of its paths', () => {
  expect(inside('/voordeur', '/voordeur/')).toBe('/');
  expect(inside('/voordeur', '/voordeur/door/1')).toBe('/door/1');
  expect(['/', '/voordeurtje/door/1', '/door/1'].map((path) => inside('/voordeur', path))).toEqual([
    null,
    null,
    null,
  ]);
});

test('without a prefix nothing changes', () => {
  expect(addressOf('/door/1')).toBe('/door/1');
  expect(pathOf('/door/1')).toBe('/door/1');
});
