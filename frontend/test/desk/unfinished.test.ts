/** What a coach typed and did not send stays with its hand-over, and with that coach. */
import { beforeEach, expect, test, vi } from 'vitest';
import { forgetUnfinished, unfinishedOf } from '../../src/features/handover/desk/unfinished.svelte';
import { currentAccount } from '../../src/session/session.svelte';

vi.mock('../../src/session/session.svelte', () => ({ currentAccount: vi.fn() }));

const sits = (id: string): void => {
  vi.mocked(currentAccount).mockReturnValue({ id, role: 'wijkcoach', language: 'nl' });
};

beforeEach(() => {
  sits('nadia');
  forgetUnfinished('h1');
});

test('each hand-over keeps its own words until they are sent', () => {
  unfinishedOf('h1').question = 'Wanneer is iemand';
  expect(unfinishedOf('h2').question).toBe('');
  expect(unfinishedOf('h1').question).toBe('Wanneer is iemand');
  forgetUnfinished('h1');
  expect(unfinishedOf('h1').question).toBe('');
});

test('the next at this desk finds nothing of it', () => {
  unfinishedOf('h1').refusal = 'Dit gezin is bij ons bekend';
  sits('tom');
  expect(unfinishedOf('h1').refusal).toBe('');
  sits('nadia');
  expect(unfinishedOf('h1').refusal).toBe('');
});
