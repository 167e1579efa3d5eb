/** An app that is too old keeps what it holds, keeps sending, and says what to do. */
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import SyncNotice from '../src/features/access/phone/SyncNotice.svelte';
import { loadStrings } from '../src/lib/i18n.svelte';
import { release } from '../src/lib/release';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { must, newPhone, shown, STOP, stopDossier, waitingIn, type Phone } from './phone';

let phone: Phone;
beforeAll(() => loadStrings('nl'));
beforeEach(async () => {
  phone = await newPhone();
  await must(syncOnce(phone.store));
});
afterEach(cleanup);

async function tooOld(): Promise<void> {
  phone.server.renew = true;
  const body = { notice: 'dog', on: true } as const;
  await must(record({ kind: 'door.notice', dossier_id: STOP, body }));
  phone.server.dossiers.set(STOP, { ...stopDossier, version: 's2' });
  await must(syncOnce(phone.store));
}

test('every request says which app it is and when it was built', () => {
  expect(phone.server.requests.map(({ app }) => app)).toEqual([release]);
  expect(release.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(release.built_on).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('it sends what waits, keeps what it holds and takes nothing new', async () => {
  await tooOld();
  expect(phone.server.effects.map(({ kind }) => kind)).toEqual(['door.notice']);
  expect(await waitingIn(phone.store)).toEqual([]);
  expect((await must(phone.store.holdings()))[STOP]).toBe('s1');
  expect((await shown(phone.store, 'stop', STOP))?.notices).toEqual(['dog']);
});

test('it says so on every screen that shows the work, until it is renewed', async () => {
  const { container } = render(SyncNotice);
  expect(container.textContent.trim()).toBe('');
  await tooOld();
  expect(await screen.findByText('Deze app is te oud')).toBeTruthy();
  expect(container.textContent).toContain('Wat je opschrijft, wordt nog gewoon verstuurd.');
  phone.server.renew = false;
  await must(syncOnce(phone.store));
  await waitFor(() => {
    expect(container.textContent.trim()).toBe('');
  });
  expect((await must(phone.store.holdings()))[STOP]).toBe('s2');
});
