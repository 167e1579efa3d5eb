/** A half-filled form has a box for the server too: nobody loses it with the words of a phone. */
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SealedBoxes } from '../src/api/boxes';
import { toBase64 } from '../src/lib/bytes';
import { ports } from '../src/lib/ports';
import { raiseConcern } from '../src/features/concerns/acts';
import { openConversation, recordConsent } from '../src/features/conversations/acts';
import { discardDossier, withdrawConsent } from '../src/features/conversations/forgetting';
import { formsBehind, handOver, waitingBehind } from '../src/session/handing-over';
import { rescueFile } from '../src/session/rescuing';
import { closeStore, openStore } from '../src/store/current';
import { Database } from '../src/store/database';
import type { Dossier, Handover } from '../src/store/dossiers';
import { joinedWorries } from '../src/store/forms';
import { openInMemory } from '../src/store/memory-store';
import { MUTATION_SCHEMA } from '../src/store/mutations';
import { forgetDraft, keepDraft, readDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import { keep } from '../src/sync/record';
import { opened, serverKey, type ServerKey } from './server-key';
import {
  household,
  HOUSEHOLD,
  ME,
  must,
  newPhone,
  phoneKey,
  round,
  shownStop,
  STOP,
  stop,
  talk,
  type Phone,
} from './phone';

const HALF = { why: 'Drie brieven van', teamId: 'team', urgency: 'soon' };

interface Envelope {
  readonly id: string;
  readonly dossier_id: string;
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

let phone: Phone;
let key: ServerKey;
beforeEach(async () => {
  phone = await newPhone();
  key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
  await syncOnce(phone.store);
  await must(openConversation(shownStop, round, true));
});

/** The forms in the boxes of this phone, as the server reads them, by kind. */
async function forServer(by: ServerKey = key): Promise<Envelope[]> {
  const { forms } = await must(phone.store.leftBehind());
  const said = await Promise.all(
    forms.map(({ id, box }) => {
      const packed = { id, box: toBase64(new Uint8Array(box)) };
      return opened(by, phone.store.device.id, packed) as Promise<Envelope>;
    }),
  );
  return said.sort((one, other) => (one.kind < other.kind ? -1 : 1));
}

async function asked(...teams: readonly string[]): Promise<void> {
  const handovers = teams.map((team_id): Handover => ({
    id: `handover of ${team_id}`,
    team_id,
    state: 'returned',
    urgency: 'soon',
    why: '',
    domains: [],
    company_wanted: false,
    called_at: null,
    answer: null,
  }));
  const body = { ...(await household(phone.store)), handovers };
  const stored: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'asked', body };
  phone.server.dossiers.set(HOUSEHOLD, stored);
  await syncOnce(phone.store);
}

describe('the box of a half-filled form', () => {
  it('says of a hand-over what was filled in, for which team, in its household', async () => {
    await must(keepDraft('handover', HOUSEHOLD, HALF));
    const [form] = await forServer();
    expect(form).toEqual({
      id: form?.id,
      dossier_id: HOUSEHOLD,
      kind: 'draft.handover',
      schema: MUTATION_SCHEMA,
      made_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
      body: {
        team_ids: ['team'],
        why: HALF.why,
        urgency: 'soon',
        called_at: null,
        company_wanted: false,
        domains: null,
      },
    });
  });

  it('says of an answer which teams asked', async () => {
    await asked('team', 'other');
    await must(keepDraft('answer', HOUSEHOLD, { words: 'Ja, sinds' }));
    expect(await forServer()).toMatchObject([
      {
        kind: 'draft.answer',
        dossier_id: HOUSEHOLD,
        body: { team_ids: ['team', 'other'], words: 'Ja, sinds' },
      },
    ]);
  });

  it('says of a worry the facts and the address, and is of no dossier but its own', async () => {
    const worry = { facts: 'Het is er koud', withAddress: true };
    await must(keepDraft('worry', STOP, worry));
    await must(keepDraft('worry', 'none', { ...worry, facts: 'Elders' }));
    const forms = await forServer();
    expect(forms.map(({ id, dossier_id }) => id === dossier_id)).toEqual([true, true]);
    const said = new Map(forms.map(({ body }) => [body['facts'], body['address_id']]));
    expect(Object.fromEntries(said)).toEqual({
      'Het is er koud': stop.address.id,
      Elders: null,
    });
    await must(keepDraft('worry', STOP, { ...worry, withAddress: false }));
    expect((await forServer()).map(({ body }) => body['address_id'])).toEqual([null, null]);
  });

  it('has the last words, under an id that no other words had', async () => {
    await must(keepDraft('handover', HOUSEHOLD, HALF));
    const [first] = await forServer();
    await must(keepDraft('handover', HOUSEHOLD, { ...HALF, why: 'Drie brieven van de' }));
    const [second, ...more] = await forServer();
    expect([second?.body['why'], more]).toEqual(['Drie brieven van de', []]);
    expect(second?.id).not.toBe(first?.id);
    expect(await readDraft('handover', HOUSEHOLD)).toMatchObject({ why: 'Drie brieven van de' });
  });

  it('goes with its words, with what is handed in, thrown away or no longer agreed to', async () => {
    const begin = async (): Promise<void> => {
      await must(keepDraft('handover', HOUSEHOLD, HALF));
      await must(keepDraft('worry', STOP, { facts: 'x', withAddress: true }));
      expect(await forServer()).toHaveLength(2);
    };
    const kinds = async (): Promise<string[]> => (await forServer()).map(({ kind }) => kind);
    await begin();
    await must(keepDraft('worry', STOP, { facts: ' ', withAddress: true }));
    expect(await kinds()).toEqual(['draft.handover']);
    await begin();
    await must(raiseConcern('x', null, STOP));
    expect(await kinds()).toEqual(['draft.handover']);
    await must(keep(() => [forgetDraft('handover', HOUSEHOLD)]));
    expect(await kinds()).toEqual([]);
    const given = { purpose: 'note', given: true, consentTextId: 'text', language: 'nl' } as const;
    const { consentId } = recordConsent(talk, given);
    await begin();
    await must(withdrawConsent(HOUSEHOLD, { id: consentId, purpose: 'note' }));
    expect(await kinds()).toEqual(['draft.worry']);
    await begin();
    await must(discardDossier(HOUSEHOLD, shownStop));
    expect(await kinds()).toEqual(['draft.worry']);
  });

  it('is sealed again when the server’s key changes', async () => {
    await must(keepDraft('handover', HOUSEHOLD, HALF));
    const next = await serverKey('0e000000-0000-4000-8000-00000000000f');
    await must(phone.store.change(() => [{ do: 'keep', dossier: next.profile }]));
    expect(await forServer(next)).toMatchObject([{ body: { why: HALF.why } }]);
  });

  it('comes when an earlier app left the form without one and the phone is opened again', async () => {
    await must(keepDraft('handover', HOUSEHOLD, HALF));
    await must(keepDraft('worry', STOP, { facts: '', withAddress: true }));
    closeStore();
    const db = new Database(ME);
    for (const row of await db.c.toArray()) {
      delete row.escrow;
      await db.c.put(row);
    }
    db.close();
    expect(await formsBehind(ME)).toBe(0);
    phone = { ...phone, store: await must(openStore(ME, await phoneKey())) };
    await must(phone.store.entries());
    // What follows waits for what the opening set going.
    await must(phone.store.change(() => []));
    expect(await forServer()).toMatchObject([{ body: { why: HALF.why } }]);
    closeStore();
    expect(await formsBehind(ME)).toBe(1);
  });
});

describe('worries whose doors are gone', () => {
  it('are one about no door, and none takes the place of another', async () => {
    const said = (facts: string): unknown => ({ facts, withAddress: true });
    await must(keepDraft('worry', 'none', said('Eerst.')));
    await must(keepDraft('worry', STOP, said('Toen.')));
    await must(
      phone.store.change(() => [
        { do: 'drop', id: STOP },
        { do: 'drop', id: STOP },
      ]),
    );
    expect(await readDraft('worry', 'none')).toEqual(said('Eerst.\n\nToen.'));
    expect(await forServer()).toMatchObject([
      { body: { facts: 'Eerst.\n\nToen.', address_id: null } },
    ]);
  });

  it('take nothing of an empty one', () => {
    const [empty, worry] = [JSON.stringify({ facts: ' ' }), JSON.stringify({ facts: 'Koud' })];
    expect(joinedWorries(null, worry)).toBe(worry);
    expect(joinedWorries(empty, worry)).toBe(worry);
    expect(joinedWorries(worry, empty)).toBe(worry);
  });
});

describe('a phone that is given up', () => {
  it('hands its forms over beside what waits, counts them apart, and begins anew', async () => {
    await must(keepDraft('handover', HOUSEHOLD, HALF));
    await must(keepDraft('worry', 'none', { facts: 'Koud', withAddress: true }));
    const waiting = await must(phone.store.entries());
    closeStore();
    expect([await waitingBehind(ME), await formsBehind(ME)]).toEqual([waiting.length, 2]);
    const sent: SealedBoxes[] = [];
    ports.network.fetch = (_url, init) => {
      const body = JSON.parse(init?.body as string) as SealedBoxes;
      sent.push(body);
      const outcomes = body.boxes.map(({ id }) => ({ id, outcome: 'quarantined', code: '' }));
      const headers = { 'Content-Type': 'application/json' };
      return Promise.resolve(new Response(JSON.stringify({ outcomes }), { headers }));
    };
    await must(handOver(ME, 'lapsed'));
    const said = await Promise.all(
      (sent[0]?.boxes ?? []).map((box) => opened(key, phone.store.device.id, box)),
    );
    expect((said as Envelope[]).map(({ kind }) => kind).sort()).toEqual(
      [...waiting.map(({ mutation }) => mutation.kind), 'draft.handover', 'draft.worry'].sort(),
    );
    expect(await Dexie.exists(`voordeur-sealed-${ME}`)).toBe(false);
  });

  it('puts them in the rescue file, also when nothing else waits', async () => {
    await syncOnce(phone.store);
    expect(await rescueFile(ME)).toBeNull();
    await must(keepDraft('worry', 'none', { facts: 'Koud', withAddress: true }));
    const { boxes } = JSON.parse((await rescueFile(ME)) ?? '{}') as SealedBoxes;
    expect(await Promise.all(boxes.map((box) => opened(key, phone.store.device.id, box)))).toEqual(
      await forServer(),
    );
  });

  it('has none where nothing is kept', async () => {
    const store = await openInMemory(ME, null);
    const value = JSON.stringify({ facts: 'Koud' });
    await must(
      store.change(() => [
        { do: 'keep', dossier: key.profile },
        { do: 'remember', key: 'draft:worry:none', value },
      ]),
    );
    expect(await must(store.leftBehind())).toMatchObject({ boxes: [], forms: [] });
  });
});
