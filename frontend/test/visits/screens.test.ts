/** The list and the door as a volunteer meets them, on the phone's real store. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordOutcome } from '../../src/features/visits/acts';
import Door from '../../src/features/visits/phone/Door.svelte';
import DoorOther from '../../src/features/visits/phone/DoorOther.svelte';
import Today from '../../src/features/visits/phone/Today.svelte';
import { closeStore } from '../../src/store/current';
import type { Dossier } from '../../src/store/dossiers';
import { acceptUndo, currentUndo, dismissUndo } from '../../src/ui/undo.svelte';
import {
  must,
  newPhone,
  ROUND,
  round,
  STOP,
  shownStop,
  shown,
  stop,
  waitingIn,
  type Phone,
} from '../phone';

const SECOND = '0b000000-0000-4000-8000-000000000002';
const second: Dossier = {
  id: SECOND,
  kind: 'stop',
  version: 's2',
  body: { ...stop, position: 2, address: { ...stop.address, number: '14' } },
};

let phone: Phone;

async function hold(...dossiers: Dossier[]): Promise<void> {
  await must(phone.store.change(() => dossiers.map((dossier) => ({ do: 'keep', dossier }))));
}

beforeEach(async () => {
  phone = await newPhone();
  const stops = [...round.stops, { id: SECOND, position: 2 }];
  await hold(
    { id: ROUND, kind: 'round', version: 'r', body: { ...round, stops } },
    { id: STOP, kind: 'stop', version: 's', body: stop },
    second,
  );
});
afterEach(() => {
  cleanup();
  dismissUndo();
});

describe('the list', () => {
  it('takes one tap for nobody home, unfolds the next door, and takes it back', async () => {
    render(Today);
    await screen.findByText('12 Wilgenhof');
    await fireEvent.click(screen.getByRole('button', { name: 'Niemand thuis' }));
    await screen.findByText('1 van 2 deuren');
    expect(screen.getByRole('link', { name: /Openen.*14/ })).toBeTruthy();
    expect((await waitingIn(phone.store)).map(({ mutation }) => mutation.kind)).toEqual([
      'visit.record',
    ]);
    await acceptUndo();
    await screen.findByText('0 van 2 deuren');
    expect(await waitingIn(phone.store)).toEqual([]);
  });

  it('says nothing is saved when the phone could not keep it, and offers no undo', async () => {
    render(Today);
    const button = await screen.findByRole('button', { name: 'Niemand thuis' });
    vi.spyOn(phone.store, 'change').mockResolvedValue({ ok: false, error: { kind: 'quota' } });
    await fireEvent.click(button);
    await screen.findByText(/geheugen van deze telefoon is vol/);
    expect(currentUndo()).toBeNull();
    expect(screen.getByText('0 van 2 deuren')).toBeTruthy();
  });

  it('offers to close the round once every door is done, and then sums up', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    await must(recordOutcome(second as { id: string; body: typeof stop }, 'conversation'));
    render(Today);
    await screen.findByText('Alle deuren gedaan');
    await fireEvent.click(screen.getByRole('button', { name: 'Ronde afsluiten' }));
    const [, confirm] = await screen.findAllByRole('button', { name: 'Ronde afsluiten' });
    await fireEvent.click(confirm!);
    await screen.findByText('Klaar voor vandaag');
    expect((await shown(phone.store, 'round', ROUND))?.state).toBe('closed');
  });
});

describe('the door', () => {
  it('goes to the talk in one tap', async () => {
    render(Door, { stopId: STOP });
    const talk = await screen.findByRole('link', { name: 'Gesprek beginnen' });
    expect(talk.getAttribute('href')).toBe(`/talk/${STOP}`);
  });

  it('asks how far a refusal goes, and keeps the answer', async () => {
    render(Door, { stopId: STOP });
    await fireEvent.click(await screen.findByRole('button', { name: 'Liever niet' }));
    await fireEvent.click(await screen.findByRole('button', { name: /Nooit meer aanbellen/ }));
    await waitFor(async () => {
      const body = await shown(phone.store, 'stop', STOP);
      expect(body?.attempt).toMatchObject({ outcome: 'refused', details: { scope: 'always' } });
    });
  });

  it('corrects an outcome, and an undo brings the first one back', async () => {
    await must(recordOutcome(shownStop, 'refused', { scope: 'campaign' }));
    render(Door, { stopId: STOP });
    await fireEvent.click(await screen.findByRole('button', { name: 'Wijzigen' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Niemand thuis' }));
    await waitFor(() => {
      expect(currentUndo()).not.toBeNull();
    });
    expect((await shown(phone.store, 'stop', STOP))?.attempt?.outcome).toBe('not_home');
    await acceptUndo();
    expect((await shown(phone.store, 'stop', STOP))?.attempt).toMatchObject({
      outcome: 'refused',
      details: { scope: 'campaign' },
    });
  });

  it('offers no outcome at a door where nobody may ring', async () => {
    await hold({ id: STOP, kind: 'stop', version: 's', body: { ...stop, hold: 'unsafe' } });
    render(Door, { stopId: STOP });
    await screen.findByText('Niet bellen');
    expect(screen.queryByRole('link', { name: 'Gesprek beginnen' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Niemand thuis' })).toBeNull();
  });

  it('can no longer be corrected once the round is closed', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    await hold({ id: ROUND, kind: 'round', version: 'r', body: { ...round, state: 'closed' } });
    render(Door, { stopId: STOP });
    await screen.findByText(/ronde is afgesloten/);
    expect(screen.queryByRole('button', { name: 'Wijzigen' })).toBeNull();
  });

  it('settles what the pair wrote differently with one tap', async () => {
    const attempt = {
      outcome: 'not_home',
      details: {},
      date: round.date,
      day_part: 'afternoon',
      by: 'x',
    } as const;
    const differences = [
      {
        id: 'd',
        object_kind: 'contact_attempt',
        object_id: 'attempt',
        field: 'outcome',
        shown: 'not_home',
        other: 'spoke_briefly',
      },
    ];
    await hold({ id: STOP, kind: 'stop', version: 's', body: { ...stop, attempt, differences } });
    render(Door, { stopId: STOP });
    await fireEvent.click(await screen.findByRole('button', { name: 'Dit klopt: kort gesproken' }));
    await waitFor(() => {
      expect(screen.queryByText('Anders opgeschreven')).toBeNull();
    });
    expect((await shown(phone.store, 'stop', STOP))?.attempt?.outcome).toBe('spoke_briefly');
  });

  it('marks every door behind a shut entrance with one tap', async () => {
    const address = { ...stop.address, entrance: 'hall' };
    await hold({ id: STOP, kind: 'stop', version: 's', body: { ...stop, address } }, {
      ...second,
      body: { ...(second.body as typeof stop), address },
    } as Dossier);
    render(DoorOther, { stopId: STOP });
    await screen.findByText(/2 deuren/);
    await fireEvent.click(screen.getByRole('button', { name: /gebouw niet in/ }));
    await fireEvent.click(await screen.findByRole('button', { name: /Alle 2 deuren/ }));
    await waitFor(async () => {
      expect((await shown(phone.store, 'stop', SECOND))?.attempt?.outcome).toBe('no_access');
    });
    expect((await shown(phone.store, 'stop', STOP))?.attempt?.outcome).toBe('no_access');
  });
});

describe('people one knows', () => {
  async function passesOn(): Promise<void> {
    const { unmount } = render(DoorOther, { stopId: STOP });
    await fireEvent.click(await screen.findByRole('button', { name: /Ik ken deze mensen/ }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Deur doorgeven' }));
    await waitFor(() => {
      expect(currentUndo()?.message).toContain('Wilgenhof 12');
    });
    unmount();
  }

  it('an undo leaves nothing of it', async () => {
    await passesOn();
    expect((await shown(phone.store, 'stop', STOP))?.left).toBe(true);
    await acceptUndo();
    expect(await waitingIn(phone.store)).toEqual([]);
  });

  it('the door stays among the done ones and can be taken back later', async () => {
    await passesOn();
    await must(
      phone.store.change(({ entries }) => entries.map(({ seq }) => ({ do: 'unqueue', seq }))),
    );
    await hold({ id: STOP, kind: 'stop', version: 's', body: { ...stop, left: true } });
    const { unmount } = render(Today);
    await screen.findByText('1 van 2 deuren');
    expect(screen.getByText('niet door jullie')).toBeTruthy();
    unmount();
    render(Door, { stopId: STOP });
    await fireEvent.click(await screen.findByRole('button', { name: 'Toch door ons' }));
    await screen.findByRole('button', { name: 'Niemand thuis' });
    expect((await waitingIn(phone.store)).map(({ mutation }) => mutation.body)).toEqual([
      { on: false },
    ]);
  });

  it('not once the round is closed', async () => {
    await hold({ id: STOP, kind: 'stop', version: 's', body: { ...stop, left: true } });
    await hold({ id: ROUND, kind: 'round', version: 'r', body: { ...round, state: 'closed' } });
    render(Door, { stopId: STOP });
    await screen.findByText('Niet door jullie');
    expect(screen.queryByRole('button', { name: 'Toch door ons' })).toBeNull();
  });
});

it('two households at one door: it says so, and both doors say which they are', async () => {
  const { unmount } = render(DoorOther, { stopId: STOP });
  await fireEvent.click(await screen.findByRole('button', { name: /twee huishoudens/ }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Tweede deur maken' }));
  await waitFor(() => {
    expect(currentUndo()?.message).toContain('Wilgenhof 12');
  });
  expect(currentUndo()?.undo).toBeUndefined();
  unmount();
  render(Today);
  await screen.findByText('1e huishouden');
  expect(screen.getByText('2e huishouden')).toBeTruthy();
});

it('a phone whose store went away says what to do', async () => {
  render(Today);
  const button = await screen.findByRole('button', { name: 'Niemand thuis' });
  vi.spyOn(phone.store, 'change').mockResolvedValue({ ok: false, error: { kind: 'closed' } });
  await fireEvent.click(button);
  await screen.findByText(/opslag ging dicht/);
  closeStore();
});
