/** Path patterns: what fits, what does not, and there and back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile, pathTo } from '../../src/lib/paths';

test('a pattern fits a path of its own shape only', () => {
  const match = compile('/door/:stopId/plan');
  expect(match('/door/a1/plan')).toEqual({ stopId: 'a1' });
  expect(match('/door/a1')).toBeNull();
  expect(match('/door//plan')).toBeNull();
  expect(match('/door/a1/plan/')).toBeNull();
  expect(match('/door/%E0%A4%A/plan')).toBeNull();
  expect(compile('/')('/')).toEqual({});
});

test('what goes into a path comes out of it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (stopId) => {
      expect(compile('/door/:stopId')(pathTo('/door/:stopId', { stopId }))).toEqual({ stopId });
    }),
  );
});
