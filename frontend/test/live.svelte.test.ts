/** What a screen reads follows the store, with unsent work laid over it. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { raiseConcern } from '../src/features/concerns/acts';
import { openConversation } from '../src/features/conversations/acts';
import { writeNote } from '../src/features/conversations/notes';
import { settleDifference } from '../src/features/sync/acts';
import { recordOutcome, splitDoor } from '../src/features/visits/acts';
import type { Dossier } from '../src/store/dossiers';
import { liveDossier, liveDossiers, liveLight, liveOutbox } from '../src/store/live.svelte';
import type { Change } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { syncStatus } from '../src/sync/status.svelte';
import {
  household,
  HOUSEHOLD,
  must,
  newPhone,
  round,
  ROUND,
  shownStop,
  STOP,
  type Phone,
} from './phone';

let phone: Phone;
let stopWatching: () => void = () => undefined;

/** Read inside an effect, as a component does, and keep what was last read. */
function watch<T>(read: () => T): { last: T | undefined } {
  const seen: { last: T | undefined } = { last: undefined };
  stopWatching = $effect.root(() => {
    $effect(() => {
      seen.last = read();
    });
  });
  flushSync();
  return seen;
}

beforeEach(async () => {
  phone = await newPhone();
});

afterEach(() => {
  stopWatching();
});

describe('a live view', () => {
  it('says that it is reading before it says that there is nothing', async () => {
    const stop = liveDossier('stop', STOP);
    const seen = watch(() => [stop.ready, stop.body] as const);
    expect(seen.last).toEqual([false, null]);
    await vi.waitFor(() => {
      expect(seen.last).toEqual([true, null]);
    });
  });

  it('follows a sync and an act', async () => {
    const stop = liveDossier('stop', STOP);
    const seen = watch(() => [stop.body?.attempt?.outcome ?? null, stop.pending] as const);
    await must(recordOutcome(shownStop, 'not_home'));
    await syncOnce(phone.store);
    await must(recordOutcome(shownStop, 'later', { date: '2026-02-04', day_part: 'evening' }));
    await vi.waitFor(() => {
      expect(seen.last).toEqual(['later', true]);
    });
  });

  it('lists what was begun on this phone', async () => {
    await syncOnce(phone.store);
    const stops = liveDossiers('stop');
    const round = liveDossier('round', ROUND);
    const seen = watch(() => ({
      ids: stops.items.map(({ id }) => id).sort(),
      listed: round.body?.stops.map(({ id }) => id).sort(),
    }));
    const { stopId, saved } = splitDoor(STOP);
    await must(saved);
    await vi.waitFor(() => {
      expect(seen.last).toEqual({ ids: [STOP, stopId].sort(), listed: [STOP, stopId].sort() });
    });
  });

  it('never blinks while what was begun here comes back from the server', async () => {
    await syncOnce(phone.store);
    await must(openConversation(shownStop, round, true));
    const body = await household(phone.store);
    const talk = liveDossier('household', HOUSEHOLD);
    const stop = liveDossier('stop', STOP);
    const seen: boolean[] = [];
    watch(() => seen.push(stop.body !== null && talk.ready && talk.body === null));
    await vi.waitFor(() => {
      expect(talk.body).not.toBeNull();
    });
    seen.length = 0;
    const dossier: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'h1', body };
    await must(
      phone.store.change(({ entries }) => [
        ...entries.map(({ seq }): Change => ({ do: 'unqueue', seq })),
        { do: 'keep', dossier },
      ]),
    );
    await vi.waitFor(() => {
      expect(talk.pending).toBe(false);
    });
    await vi.waitFor(() => {
      expect(seen.length).toBeGreaterThan(0);
    });
    expect(seen).not.toContain(true);
  });

  it('counts a waiting concern and never lists it', async () => {
    const light = liveLight();
    const outbox = liveOutbox();
    const seen = watch(() => [light.waiting, light.since, outbox.waiting.length] as const);
    await must(raiseConcern('facts'));
    await vi.waitFor(() => {
      expect(seen.last).toEqual([1, '2026-02-03T13:00:00Z', 0]);
    });
  });

  it('asks for a look while two people wrote different things, until one of them is chosen', async () => {
    await syncOnce(phone.store);
    await must(openConversation(shownStop, round, true));
    const note = { id: 'note', domain: '', position: 0, text: 'de ander' };
    const difference = { object_kind: 'note', object_id: 'note', field: 'text' };
    const shown = { ...difference, id: 'difference', shown: 'de ander', other: 'de een' };
    const body = { ...(await household(phone.store)), notes: [note], differences: [shown] };
    const dossier: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'h1', body };
    await must(
      phone.store.change(({ entries }) => [
        ...entries.map(({ seq }): Change => ({ do: 'unqueue', seq })),
        { do: 'keep', dossier },
      ]),
    );
    const status = syncStatus();
    const seen = watch(() => [status.phase, status.differing] as const);
    await vi.waitFor(() => {
      expect(seen.last).toEqual(['attention', 1]);
    });
    await must(settleDifference(HOUSEHOLD, 'difference', 'other'));
    await vi.waitFor(() => {
      expect(seen.last).toEqual(['idle', 0]);
    });
  });

  it('sees that who corrects a thing to what the other wrote agrees with them', async () => {
    await syncOnce(phone.store);
    await must(openConversation(shownStop, round, true));
    const note = { id: 'note', domain: '', position: 0, text: 'de ander' };
    const about = { object_kind: 'note', object_id: 'note', field: 'text', shown: 'de ander' };
    const differences = [
      { ...about, id: 'one', other: 'de een' },
      { ...about, id: 'two', other: 'een derde' },
    ];
    const body = { ...(await household(phone.store)), notes: [note], differences };
    const dossier: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'h1', body };
    await must(phone.store.change(() => [{ do: 'keep', dossier }]));
    const talk = { householdId: HOUSEHOLD, conversationId: 'conversation' };
    await must(writeNote(talk, note, note.text).write('de een'));
    const live = liveDossier('household', HOUSEHOLD);
    const seen = watch(() => live.body?.differences.map(({ id, shown }) => [id, shown]));
    await vi.waitFor(() => {
      expect(seen.last).toEqual([['two', 'de een']]);
    });
  });
});
