/** *Nabespreken* is offered once a talk, and never for one that was thrown away. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import HelpDebriefs from '../../src/features/access/phone/HelpDebriefs.svelte';
import { isToDebrief, nothingToDebrief } from '../../src/features/access/phone/debriefed.svelte';
import Debrief from '../../src/features/concerns/phone/Debrief.svelte';
import CloseSheet from '../../src/features/conversations/phone/CloseSheet.svelte';
import DiscardSheet from '../../src/features/conversations/phone/DiscardSheet.svelte';
import type { TalkPlace } from '../../src/features/conversations/phone/place.svelte';
import { today } from '../../src/lib/dates';
import { ports } from '../../src/lib/ports';
import type { SeededPorts } from '../../src/lib/ports-seeded';
import { closeStore, openStore } from '../../src/store/current';
import { currentUndo, dismissUndo } from '../../src/ui/undo.svelte';
import {
  HOUSEHOLD,
  ME,
  must,
  newPhone,
  phoneKey,
  ROUND,
  round,
  shownStop,
  STOP,
  stop,
} from '../phone';

const DAY_MILLISECONDS = 24 * 3_600_000;
const place = (stopId: string): TalkPlace =>
  ({
    stopId,
    stop: shownStop,
    door: 'Wilgenhof 12',
    householdId: HOUSEHOLD,
    talk: null,
    guide: null,
  }) as unknown as TalkPlace;

beforeEach(async () => {
  const { store } = await newPhone();
  await must(
    store.change(() => [
      { do: 'keep', dossier: { id: ROUND, kind: 'round', version: 'r', body: round } },
      { do: 'keep', dossier: { id: STOP, kind: 'stop', version: 's', body: stop } },
    ]),
  );
});
afterEach(() => {
  cleanup();
  dismissUndo();
});

test('Hulp offers it until it was given', async () => {
  const by = { date: today(), day_part: 'morning', by: ME } as const;
  const attempt = { outcome: 'conversation', details: {}, ...by } as const;
  render(HelpDebriefs, { stops: [{ id: STOP, body: { ...stop, attempt } }] });
  expect(screen.getByText('Nabespreken: Wilgenhof 12')).toBeTruthy();
  render(Debrief, { stopId: STOP });
  await fireEvent.click(await screen.findByRole('radio', { name: 'Zwaar' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Nabespreking opslaan' }));
  await screen.findByText('Dank je wel voor je bezoek.');
  expect(screen.queryByText('Nabespreken: Wilgenhof 12')).toBeNull();
  cleanup();
  render(Debrief, { stopId: STOP });
  expect(screen.queryByRole('button', { name: 'Nabespreking opslaan' })).toBeNull();
});

test('it is remembered for a day, by whoever opens this phone again', async () => {
  await nothingToDebrief('remembered');
  closeStore();
  expect(isToDebrief('remembered')).toBe(true);
  await must(openStore(ME, await phoneKey()));
  await waitFor(() => {
    expect(isToDebrief('remembered')).toBe(false);
  });
  (ports as SeededPorts).advance(DAY_MILLISECONDS);
  expect(isToDebrief('remembered')).toBe(true);
});

test('who ends the talk can talk it over at once', async () => {
  render(CloseSheet, { place: place('ended'), open: true, onclose: () => undefined });
  await fireEvent.click(screen.getByRole('button', { name: 'Gesprek afronden' }));
  await waitFor(() => {
    expect(currentUndo()?.link).toEqual({ href: '/debrief/ended', words: 'Nabespreken' });
  });
  expect(currentUndo()?.message).toBe('Het gesprek bij Wilgenhof 12 is afgerond.');
});

test('a talk that was thrown away says so and is not talked over', async () => {
  render(DiscardSheet, { place: place('gone'), open: true, onclose: () => undefined });
  await fireEvent.click(screen.getByRole('button', { name: 'Alles weggooien' }));
  await waitFor(() => {
    expect(currentUndo()?.message).toBe('Het gesprek is weggegooid.');
  });
  expect(isToDebrief('gone')).toBe(false);
});
