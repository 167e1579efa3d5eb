/** The screen of a loose note: what is typed is in a note, or was never there. */
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Loose from '../../src/features/access/phone/Loose.svelte';
import Lapsed from '../../src/features/access/phone/Lapsed.svelte';
import { setLanguage, withRareWords } from '../../src/lib/i18n.svelte';
import { ports } from '../../src/lib/ports';
import type { SeededPorts } from '../../src/lib/ports-seeded';
import { rescueFile } from '../../src/session/rescuing';
import { keepLease, leave, meet, opening } from '../../src/session/opening.svelte';
import { standing } from '../../src/session/standing.svelte';
import { looseLeft } from '../../src/store/loose';
import { LoosePhone, waits } from '../loose-phone';
import { ME, must } from '../phone';
import { opened } from '../server-key';

vi.mock('../../src/session/stretching', async () => import('../stretched'));

let made: LoosePhone;
let closed: number;

configure({ asyncUtilTimeout: 10_000 });

beforeEach(async () => {
  made = await LoosePhone.make();
  await setLanguage('nl');
  await withRareWords(() => Promise.resolve());
  made.line = false;
  leave();
  await meet(ME);
  closed = 0;
});

afterEach(() => {
  cleanup();
  leave();
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  render(Loose, { onclose: () => (closed += 1) });
  await fireEvent.click(screen.getByRole('radio', { name: /de bewoner zei ja/ }));
}

const type = (label: string, value: string): Promise<boolean> =>
  fireEvent.input(screen.getByLabelText(label, { exact: false }), { target: { value } });

const WORDS = 'Wat wil je opschrijven?';

it('takes nothing in while it is being sealed', async () => {
  await show();
  await type(WORDS, 'Het dak lekt.');
  const words = screen.getByLabelText(WORDS, { exact: false });
  expect(words.closest('fieldset')?.disabled).toBe(false);
  await fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  expect(words.closest('fieldset')?.disabled).toBe(true);
  await screen.findByText('Opgeslagen');
});

it('says that it is being written, and no longer once it is kept', async () => {
  await show();
  expect(standing.writing).toBe(true);
  await type(WORDS, 'Het dak lekt.');
  await fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  await screen.findByText('Opgeslagen');
  expect(standing.writing).toBe(false);
});

it('begins another in its first field', async () => {
  await show();
  await type(WORDS, 'Het dak lekt.');
  await fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Nog iets opschrijven' }));
  await waitFor(() => {
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: /de bewoner zei ja/ }));
  });
});

it('keeps a door alone when nobody touches the phone any more', async () => {
  await show();
  await type('Welke deur?', 'Wilgenhof 12');
  (ports as SeededPorts).advance(60 * 60_000);
  await screen.findByText('Opgeslagen');
  const { device, notes } = await must(looseLeft(ME));
  const box = Buffer.from(notes[0]!.box).toString('base64');
  expect(await opened(made.key, device!.id, { id: notes[0]!.id, box })).toMatchObject({
    body: { door: 'Wilgenhof 12', words: '' },
  });
});

it('shows nothing any more of what could not be kept, once nobody touches the phone', async () => {
  const { Database } = await import('../../src/store/database');
  await show();
  await type(WORDS, 'Het dak lekt.');
  const db = new Database(ME);
  await db.clear.delete('escrow');
  db.close();
  await fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  await screen.findByText('Het dak lekt.');
  (ports as SeededPorts).advance(60 * 60_000);
  await waitFor(() => {
    expect(closed).toBeGreaterThan(0);
  });
  expect(screen.queryByText('Het dak lekt.')).toBeNull();
  expect(await waits()).toBe(0);
});

it('leaves a rescue file where reading has closed and no line comes', async () => {
  await made.writes();
  (ports as SeededPorts).advance(73 * 3_600_000);
  await keepLease();
  expect(opening()).toBe('lapsed');
  render(Lapsed);
  expect(await screen.findByRole('button', { name: 'Bestand bewaren', hidden: true })).toBeTruthy();
  const file = JSON.parse((await rescueFile(ME)) ?? '{}') as { why: string; boxes: object[] };
  expect([file.why, file.boxes.length]).toEqual(['rescue', 1]);
});
