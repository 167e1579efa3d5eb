/** The BSN check, on numbers made for the purpose: no real person's number stands here. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsBsn, findBsns, isBsn } from '../../src/lib/bsn';

/** Eight free digits leave at most one ninth digit that passes. */
function completed(eight: number[]): string | null {
  const sum = eight.reduce((total, digit, index) => total + digit * (9 - index), 0);
  const last = sum % 11;
  const digits = [...eight, last].join('');
  return last < 10 && digits !== '000000000' ? digits : null;
}

const bsn = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })
  .map(completed)
  .filter((digits) => digits !== null);
const words = fc.stringMatching(/^[a-z ,;]{0,20}$/);

describe('isBsn', () => {
  test('knows a test number and refuses its neighbour', () => {
    expect(isBsn('111222333')).toBe(true);
    expect(isBsn('111222334')).toBe(false);
    expect(isBsn('000000000')).toBe(false);
    expect(isBsn('11122233')).toBe(false);
  });

  test('one wrong digit never passes', () => {
    fc.assert(
      fc.property(bsn, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, at, change) => {
        const wrong = (Number(digits[at]) + change) % 10;
        expect(isBsn(digits.slice(0, at) + String(wrong) + digits.slice(at + 1))).toBe(false);
      }),
    );
  });
});

describe('findBsns', () => {
  test('finds a number anywhere in a text, however it is grouped', () => {
    const gap = fc.constantFrom('', ' ', '.', '-', ' .');
    fc.assert(
      fc.property(words, bsn, gap, words, (before, digits, separator, after) => {
        const grouped = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].join(separator);
        const text = `${before}x${grouped}x${after}`;
        const [found] = findBsns(text);
        expect(found && text.slice(found.start, found.end)).toBe(grouped);
      }),
    );
  });

  test('leaves a longer number alone', () => {
    expect(containsBsn('0111222333')).toBe(false);
    expect(containsBsn('1112223334')).toBe(false);
  });

  test('finds it behind another number', () => {
    expect(findBsns('huis 12 111222333')).toEqual([{ start: 8, end: 17 }]);
  });

  test('every span it gives is a number that passes, in order, without overlap', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 .\-a]{0,60}$/), (text) => {
        let reached = 0;
        for (const { start, end } of findBsns(text)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(isBsn(text.slice(start, end).replace(/\D/g, ''))).toBe(true);
          reached = end;
        }
      }),
    );
  });

  test('text without digits is never pointed at', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(containsBsn(text)).toBe(false);
      }),
    );
  });
});
