/** Settling what waits: read before it is let in, and where the focus goes and what is said after it. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import DoorChoice from '../../src/features/sync/desk/DoorChoice.svelte';
import QuarantineList from '../../src/features/sync/desk/QuarantineList.svelte';
import QuarantinePage from '../../src/features/sync/desk/QuarantinePage.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';
import { THIS_DOOR } from '../../src/features/sync/desk/words';

const who = vi.hoisted(() => ({
  me: { id: 'ruben', name: 'Ruben', role: 'coordinator', permissions: ['quarantine.open'] },
}));
vi.mock('../../src/features/access/desk/who.svelte', () => ({
  me: () => who.me,
  may: (permission: string) => who.me.permissions.includes(permission),
  whoAmI: () => Promise.resolve({ ok: true, value: who.me }),
}));

const ROW = {
  id: 'one',
  author: 'Anna',
  address: null,
  kind: 'note.add',
  reason: 'unknown-stop',
  received_at: '2026-02-03T12:00:00Z',
  state: 'waiting',
  urgent: false,
  may_open: true,
  opened_by: ['coordinator'],
};
const STOP = {
  street: 'Wilgenhof',
  number: '12',
  date: '2026-02-03',
  day_part: 'afternoon',
  pair: ['Anna', 'Samira'],
  talk: false,
  second_household: false,
};

function became(changes: object): object {
  return { ...ROW, followers: 0, stopped_at: null, stopped_why: '', ...changes };
}

let waiting: unknown[];
let settled: unknown;
let doors: unknown[];
let release: (() => void) | null;
let restore: () => void;

function said(url: string): unknown {
  if (url.endsWith('/opening')) {
    return { body: { text: 'Drie brieven' }, fields: [], other_door: false, followers: 0 };
  }
  if (url.endsWith('/settlement')) return settled;
  if (url.endsWith('/door-searches')) return { items: doors };
  if (url.endsWith('/alert')) return { urgent: 0 };
  return { items: waiting, next: '' };
}

beforeAll(() => loadStrings('nl'));

beforeEach(() => {
  waiting = [ROW];
  settled = became({ state: 'discarded' });
  doors = [];
  release = null;
  const ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), async (url) => {
    if (url.endsWith('/opening')) await new Promise<void>((done) => (release = done));
    const headers = { 'Content-Type': 'application/json' };
    return new Response(JSON.stringify(said(url)), { headers });
  });
  restore = replacePorts(ports);
});

afterEach(() => {
  cleanup();
  restore();
});

async function goesOn(): Promise<void> {
  await new Promise((done) => setTimeout(done, 20));
  flushSync();
}

async function asksToRead(): Promise<void> {
  render(QuarantinePage, { quarantinedId: 'one' });
  await goesOn();
  await fireEvent.input(screen.getByLabelText('Waarom lees je dit?'), {
    target: { value: 'Anna belde' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Openen' }));
  await goesOn();
}

async function reads(): Promise<void> {
  await asksToRead();
  release?.();
  await goesOn();
}

async function settles(decision: RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('radio', { name: decision }));
  await fireEvent.input(screen.getByLabelText('Waarom kies je dit?'), {
    target: { value: 'Anna legde het uit' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Afhandelen' }));
  await goesOn();
}

test('what nobody read can be thrown away, and is let in only once it was read', async () => {
  await asksToRead();
  expect(screen.getAllByRole('radio')).toHaveLength(1);
  expect(screen.getByRole('radio', { name: /^Weggooien/ })).toBeTruthy();
  expect(screen.getByRole('group', { name: 'Wat gebeurt ermee?' }).textContent).toContain(
    'Lees eerst',
  );
  release?.();
  await goesOn();
  expect(screen.getByRole('radio', { name: /^Toch verwerken/ })).toBeTruthy();
  expect(screen.queryByText(/Lees eerst/)).toBeNull();
});

test('what it says takes the focus, but not from who went on meanwhile', async () => {
  await reads();
  expect(document.activeElement?.textContent).toContain('Drie brieven');
  cleanup();
  await asksToRead();
  const why = screen.getByLabelText('Waarom kies je dit?');
  why.focus();
  release?.();
  await goesOn();
  expect(screen.getByText('Drie brieven')).toBeTruthy();
  expect(document.activeElement).toBe(why);
});

test('with what waited behind it, the focus goes to what became of it', async () => {
  settled = became({ state: 'applied', followers: 2 });
  await reads();
  await settles(/^Toch verwerken/);
  const told = document.activeElement;
  expect(told?.textContent).toContain('2 volgende berichten zijn ook verwerkt.');
  expect(told?.getAttribute('role')).toBe('status');
});

test('back in the list it is said once what was done, politely, in a line that was there', async () => {
  await reads();
  await settles(/^Weggooien/);
  expect(location.pathname).toBe('/desk/quarantine');
  cleanup();
  waiting = [];
  const { container } = render(QuarantineList);
  const line = container.querySelector('.done[role=status]');
  expect(line?.textContent.trim()).toBe('');
  await goesOn();
  expect(line?.textContent).toContain('Het bericht van Anna is weggegooid.');
  cleanup();
  render(QuarantineList);
  await goesOn();
  expect(screen.queryByText(/is weggegooid/)).toBeNull();
});

test('how many doors were found is said, each time somebody looks', async () => {
  const { container } = render(DoorChoice, { chosen: THIS_DOOR });
  const line = container.querySelector('[role=status].found');
  const words = (): string => line?.textContent.trim() ?? 'no line';
  expect(words()).toBe('');
  const looks = async (): Promise<void> => {
    await fireEvent.input(screen.getByLabelText('Straat'), { target: { value: 'Wilg' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Zoeken' }));
  };
  await looks();
  await goesOn();
  expect(words()).toContain('Geen deur gevonden');
  doors = ['a', 'b', 'c'].map((stop_id) => ({ ...STOP, stop_id }));
  await looks();
  await goesOn();
  expect(words()).toBe('3 deuren gevonden.');
  // The same once more is said once more: the line is emptied meanwhile.
  await looks();
  flushSync();
  expect(words()).toBe('');
  await goesOn();
  expect(words()).toBe('3 deuren gevonden.');
});

test('a talk thrown away that stands here by a move: the choice says what goes and what stays', async () => {
  waiting = [{ ...ROW, kind: 'dossier.discard', reason: 'moved-here', urgent: true }];
  settled = became({ state: 'discarded', reason: 'moved-here' });
  await reads();
  expect(screen.getByText('Moet op dit adres ook alles weg?')).toBeTruthy();
  expect(
    screen.getByRole('radio', { name: /^Ook hier alles weggooien.*wat anderen hoorden/ }),
  ).toBeTruthy();
  expect(screen.queryByRole('radio', { name: /Toch verwerken/ })).toBeNull();
  await settles(/^Hier alles laten staan/);
  cleanup();
  render(QuarantineList);
  await goesOn();
  expect(screen.getByText('Alles van het huishouden blijft staan.')).toBeTruthy();
});
