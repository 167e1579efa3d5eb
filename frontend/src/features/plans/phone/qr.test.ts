import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLength, codeFor, MOST_BYTES, partsFor } from './qr';

/** The parts without their numbers, in order. */
function joined(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0] ?? '';
  return parts.map((part) => part.slice(part.indexOf('\n') + 1)).join('');
}

describe('splitting a plan over codes', () => {
  test('leaves a plan of exactly 1,200 bytes whole, and numbers one of a byte more', () => {
    expect(partsFor('a'.repeat(MOST_BYTES))).toEqual(['a'.repeat(MOST_BYTES)]);
    const parts = partsFor('a'.repeat(MOST_BYTES + 1));
    expect(parts.map((part) => part.slice(0, 4))).toEqual(['1/2\n', '2/2\n']);
  });

  test('counts bytes, not letters', () => {
    const text = 'é'.repeat(700);
    expect(text.length).toBeLessThan(MOST_BYTES);
    expect(partsFor(text)).toHaveLength(2);
  });

  test('breaks between lines where it can', () => {
    const line = `${'x'.repeat(99)}\n`;
    const parts = partsFor(line.repeat(30));
    expect(parts.every((part) => part.endsWith('\n'))).toBe(true);
  });

  test('never cuts an emoji, not even one of several code points', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const part of partsFor(family.repeat(200))) {
      const words = part.slice(part.indexOf('\n') + 1);
      expect(words.replaceAll(family, '')).toBe('');
    }
  });

  test('loses nothing and stays within the limit, whatever was written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 2000 }),
        fc.integer({ min: 60, max: 400 }),
        (text, most) => {
          const parts = partsFor(text, most);
          expect(joined(parts)).toBe(text);
          for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

test('a code is square, has a white edge of four, and holds the most bytes', () => {
  const { size, path } = codeFor('a'.repeat(MOST_BYTES));
  expect((size - 8 - 17) % 4).toBe(0);
  expect(path.startsWith('M4 4h1v1h-1z')).toBe(true);
  expect(path).not.toContain('M3 ');
});
