/** How soon a phone shuts is the municipality's word: heard with the dossiers, kept without a line. */
import { beforeEach, expect, it, vi } from 'vitest';
import { lockMinutes } from '../src/session/lock-times.svelte';
import { closeStore, openStore } from '../src/store/current';
import type { Dossier } from '../src/store/dossiers';
import { syncOnce } from '../src/sync/once';
import { serverKey } from './server-key';
import { ME, must, newPhone, phoneKey, type Phone } from './phone';

const OWN = { untouched: 3, talk: 45, cover: 2 };
const USUAL = { untouched: 5, talk: 20, cover: 1 };
let phone: Phone;
let profile: Dossier;

beforeEach(async () => {
  phone = await newPhone();
  ({ profile } = await serverKey('0e000000-0000-4000-8000-00000000000e'));
});

function says(lock_minutes: typeof OWN | undefined): void {
  if (profile.kind !== 'profile') throw new Error('no profile');
  const body = { ...profile.body };
  delete body.lock_minutes;
  if (lock_minutes !== undefined) body.lock_minutes = lock_minutes;
  phone.server.dossiers.set(ME, { ...profile, body });
}

it('a phone shuts as the municipality says, also when it is opened again without a line', async () => {
  expect(lockMinutes()).toEqual(USUAL);
  says(OWN);
  await must(syncOnce(phone.store));
  await vi.waitFor(() => {
    expect(lockMinutes()).toEqual(OWN);
  });
  closeStore();
  expect(lockMinutes()).toEqual(USUAL);
  await must(openStore(ME, await phoneKey()));
  await vi.waitFor(() => {
    expect(lockMinutes()).toEqual(OWN);
  });
});

it('a server that says nothing of it leaves the usual times', async () => {
  says(undefined);
  await must(syncOnce(phone.store));
  expect(lockMinutes()).toEqual(USUAL);
});
