/** Text that several screens share. */
import { expect, test } from 'vitest';
import { postcodeWords } from '../../src/lib/text';

test('a postcode reads as people write it, however it was stored', () => {
  expect(postcodeWords('8881SA')).toBe('8881 SA');
  expect(postcodeWords('8881 SA')).toBe('8881 SA');
  expect(postcodeWords('')).toBe('');
});
