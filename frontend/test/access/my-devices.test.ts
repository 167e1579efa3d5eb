/** *Mijn telefoons* in all its states: a list that comes from the server, and is kept nowhere. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnDevice } from '../../src/api/own-devices';
import { setAccessToken } from '../../src/api/token';
import MyDevices from '../../src/features/access/phone/MyDevices.svelte';
import { ports } from '../../src/lib/ports';
import { everythingStored, must, newPhone, type Phone } from '../phone';
import { serverKey } from '../server-key';

const LOST = '0a000000-0000-4000-8000-00000000000a';
const BROWSER = '0b000000-0000-8000-8000-00000000000b';
const OLD_BROWSER = '0c000000-0000-8000-8000-00000000000c';
const GONE = '0d000000-0000-4000-8000-00000000000d';

let phone: Phone;
let devices: OwnDevice[];
/** What answers in place of the server, while it is set. */
let instead: (() => Promise<Response>) | null;
const asked: string[] = [];

function daysAgo(count: number): string {
  return new Date(ports.clock.now().getTime() - count * 86_400_000).toISOString();
}

function device(id: string, lastContact: number, changes: Partial<OwnDevice> = {}): OwnDevice {
  return {
    id,
    enrolled_at: daysAgo(lastContact + 1),
    last_contact_at: daysAgo(lastContact),
    sealed: true,
    keeps_nothing: false,
    revoked_at: null,
    ...changes,
  };
}

function json(value: unknown, status = 200): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return Promise.resolve(new Response(JSON.stringify(value), { status, headers }));
}

function problem(status: number, code: string): () => Promise<Response> {
  return () => json({ status, code, title: '', detail: '', errors: [] }, status);
}

function cut(): Promise<Response> {
  return Promise.reject(new TypeError('line cut'));
}

function answer(url: string, init?: RequestInit): Promise<Response> {
  asked.push(`${init?.method ?? 'GET'} ${url}`);
  if (instead !== null) return instead();
  const [, id] = /own-devices\/([0-9a-f-]+)\/revocation$/.exec(url) ?? [];
  if (id === undefined) return json({ items: devices, next: '' });
  devices = devices.map((one) => (one.id === id ? { ...one, revoked_at: daysAgo(0) } : one));
  return json(devices.find((one) => one.id === id));
}

const inUse = (): HTMLElement => screen.getByRole('list', { name: 'In gebruik' });
const lostOne = (): Promise<HTMLElement> => screen.findByRole('button', { name: /^Kwijt\?/ });

beforeEach(async () => {
  phone = await newPhone();
  const { profile } = await serverKey('0e000000-0000-4000-8000-00000000000e');
  if (profile.kind !== 'profile') throw new Error('no profile');
  const coordinators = [{ first_name: 'Ruben', phone: '099-5550103' }];
  const dossier = { ...profile, body: { ...profile.body, coordinators } };
  await must(phone.store.change(() => [{ do: 'keep', dossier }]));
  devices = [device(phone.store.device.id, 0), device(LOST, 2)];
  instead = null;
  asked.length = 0;
  ports.network.fetch = answer;
});
afterEach(cleanup);

describe('the list', () => {
  it('marks this phone, which is not revoked here, and tells the others by their days', async () => {
    render(MyDevices);
    await lostOne();
    const [own, other] = within(inUse()).getAllByRole('listitem');
    expect(own?.textContent).toContain('Deze telefoon');
    expect(within(own!).queryByRole('button')).toBeNull();
    expect(within(own!).getByRole('link', { name: /leegmaken/ })).toBeTruthy();
    expect(other?.textContent).toContain('Laatste contact 2 dagen geleden');
  });

  it('shows browsers that keep nothing only when they are recent, and what was revoked apart', async () => {
    devices.push(
      device(BROWSER, 2, { keeps_nothing: true }),
      device(OLD_BROWSER, 30, { keeps_nothing: true }),
      device(GONE, 40, { revoked_at: daysAgo(39) }),
    );
    render(MyDevices);
    await screen.findByRole('list', { name: 'Ingetrokken' });
    expect(within(inUse()).getAllByRole('listitem')).toHaveLength(3);
    expect(within(inUse()).getByText(/^Alleen met internet/)).toBeTruthy();
    const revoked = screen.getByRole('list', { name: 'Ingetrokken' });
    expect(within(revoked).getAllByRole('listitem')).toHaveLength(1);
    expect(within(revoked).queryByRole('button')).toBeNull();
  });

  it('folds away what was so long without contact that it cannot be read, and revokes it too', async () => {
    devices[1] = device(LOST, 4);
    render(MyDevices);
    await screen.findByText('Nog 1 telefoon, lang geen contact');
    expect(within(inUse()).getAllByRole('listitem')).toHaveLength(1);
    await fireEvent.click(screen.getByText('Nog 1 telefoon, lang geen contact'));
    await fireEvent.click(await lostOne());
    expect((await screen.findByRole('dialog')).textContent).toContain('Laatste contact 4 dagen');
  });

  it('says when there is no other, and when there is none at all', async () => {
    devices = [device(phone.store.device.id, 0)];
    const { unmount } = render(MyDevices);
    await screen.findByText('Er staat geen andere telefoon op jouw naam.');
    unmount();
    devices = [];
    render(MyDevices);
    await screen.findByText('Nog geen telefoons');
  });

  it('is kept nowhere', async () => {
    render(MyDevices);
    await lostOne();
    expect(await everythingStored()).not.toContain(LOST);
  });
});

describe('revoking', () => {
  it('says first what happens, and then shows what it is now', async () => {
    render(MyDevices);
    await fireEvent.click(await lostOne());
    const sheet = await screen.findByRole('dialog');
    expect(sheet.textContent).toMatch(/niets meer van ons.*op slot naar je coördinator.*wist hij/s);
    expect(asked.some((one) => one.startsWith('POST'))).toBe(false);
    await fireEvent.click(within(sheet).getByRole('button', { name: 'Nu intrekken' }));
    const revoked = await screen.findByRole('list', { name: 'Ingetrokken' });
    expect(within(revoked).getAllByRole('listitem')).toHaveLength(1);
    expect(asked.at(-1)).toMatch(new RegExp(`^POST .*/v1/own-devices/${LOST}/revocation$`));
    expect(screen.queryByRole('button', { name: /^Kwijt\?/ })).toBeNull();
    await screen.findByText('De telefoon is ingetrokken');
    expect(screen.getByRole('link', { name: /Ruben/ }).getAttribute('href')).toBe('tel:0995550103');
  });

  it('says that nothing was revoked when there was no line, and can be tried again', async () => {
    render(MyDevices);
    await fireEvent.click(await lostOne());
    instead = cut;
    const confirm = await screen.findByRole('button', { name: 'Nu intrekken' });
    await fireEvent.click(confirm);
    await screen.findByText('De telefoon is nog niet ingetrokken');
    instead = null;
    await fireEvent.click(confirm);
    await screen.findByText('De telefoon is ingetrokken');
  });

  it('promises no work of a phone that cannot hand over', async () => {
    devices[1] = device(LOST, 2, { sealed: false });
    render(MyDevices);
    await fireEvent.click(await lostOne());
    const sheet = await screen.findByRole('dialog');
    expect(sheet.textContent).toContain('komt dan niet meer aan');
    expect(sheet.textContent).not.toContain('op slot naar je coördinator');
  });
});

describe('without the list', () => {
  it('says that this needs a line, and whom to call', async () => {
    instead = cut;
    render(MyDevices);
    await screen.findByText('Hiervoor heb je internet nodig');
    expect(await screen.findByRole('link', { name: /Ruben/ })).toBeTruthy();
    instead = null;
    await fireEvent.click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
    await lostOne();
  });

  it('asks to sign in when the session is over', async () => {
    setAccessToken(null);
    instead = problem(401, 'not-signed-in');
    render(MyDevices);
    const link = await screen.findByRole('link', { name: 'Inloggen' });
    expect(link.getAttribute('href')).toBe('/sign-in');
  });

  it('says so when the server cannot, and tries again', async () => {
    instead = problem(503, 'unexpected');
    render(MyDevices);
    await screen.findByText('Laden lukte niet');
    instead = null;
    await fireEvent.click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
    await waitFor(() => {
      expect(inUse()).toBeTruthy();
    });
  });
});
