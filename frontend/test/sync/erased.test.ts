/** That something was thrown away elsewhere is said once, quietly, until it was seen. */
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import SyncNotice from '../../src/features/access/phone/SyncNotice.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { must, newPhone } from '../phone';

beforeAll(() => loadStrings('nl'));
afterEach(cleanup);

test('it stands there until the volunteer has seen it', async () => {
  const { store } = await newPhone();
  const { container } = render(SyncNotice);
  expect(container.textContent.trim()).toBe('');
  const value = '2026-02-03T13:00:00Z';
  await must(store.change(() => [{ do: 'remember', key: 'erased', value }]));
  expect(await screen.findByText('Er is iets weggegooid')).toBeTruthy();
  screen.getByRole('button', { name: 'Gezien' }).click();
  await waitFor(() => {
    expect(container.textContent.trim()).toBe('');
  });
  expect(await must(store.meta('erased'))).toBeNull();
});
