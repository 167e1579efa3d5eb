/** What a phone is told to dial. */
import { expect, test } from 'vitest';
import { callTo, hiddenCall } from '../../src/lib/calls';

test('a number is dialled as digits, a plus in front kept', () => {
  expect(callTo('099-555 01 30')).toBe('tel:0995550130');
  expect(callTo(' +31 (0)99 5550130')).toBe('tel:+31995550130');
});

test('hiding the own number is percent-encoded: a bare # would end the address there', () => {
  expect(hiddenCall('099-555 0142')).toBe('tel:%2331%230995550142');
  expect(hiddenCall('+31 99 5550142')).toBe('tel:%2331%23+31995550142');
});
