/** Another phone of one's own is told of once on each phone, and again when yet another comes. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellsOfMore } from '../../src/features/access/phone/second-phone.svelte';
import Today from '../../src/features/visits/phone/Today.svelte';
import type { Dossier } from '../../src/store/dossiers';
import { syncOnce } from '../../src/sync/once';
import { ME, must, newPhone, type Phone } from '../phone';
import { serverKey } from '../server-key';

const TOLD = /^Je gebruikt nu /;
let phone: Phone;
let profile: Dossier;

beforeEach(async () => {
  phone = await newPhone();
  ({ profile } = await serverKey('0e000000-0000-4000-8000-00000000000e'));
});
afterEach(cleanup);

/** The server says these, and the phone hears it. */
async function hears(...devices: string[]): Promise<void> {
  if (profile.kind !== 'profile') throw new Error('no profile');
  const version = `devices ${devices.join(' ')}`;
  phone.server.dossiers.set(ME, { ...profile, version, body: { ...profile.body, devices } });
  await must(syncOnce(phone.store));
}

async function saysNothing(): Promise<void> {
  await screen.findByText('12 Wilgenhof');
  await waitFor(() => {
    expect(screen.queryByText(TOLD)).toBeNull();
  });
}

it('says nothing of one phone, or where the server names none', async () => {
  await hears('one');
  render(Today);
  await saysNothing();
  expect(tellsOfMore([], null)).toBe(false);
});

it('tells of a second one until it was seen, and leads to the list of them', async () => {
  await hears('one', 'two');
  render(Today);
  await screen.findByText('Je gebruikt nu twee telefoons');
  const link = screen.getByRole('link', { name: 'Bekijken' });
  expect(link.getAttribute('href')).toBe('/help/devices');
  await fireEvent.click(screen.getByRole('button', { name: 'Gezien' }));
  await saysNothing();
  // Enrolling once more, with the same ones, is no news.
  await hears('two', 'one');
  await saysNothing();
  await hears('one');
  await hears('one', 'two');
  await saysNothing();
  await hears('one', 'three', 'two');
  await screen.findByText('Je gebruikt nu 3 telefoons');
});

it('tells again when one went and another came', async () => {
  await hears('one', 'two');
  render(Today);
  await fireEvent.click(await screen.findByRole('button', { name: 'Gezien' }));
  await hears('one');
  await saysNothing();
  await hears('one', 'four');
  await screen.findByText('Je gebruikt nu twee telefoons');
});
