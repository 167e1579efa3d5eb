/** Half-filled forms are kept, sealed and never sent; they go with what they are about. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { unseenAnswers } from '../src/features/access/phone/answers.svelte';
import { raiseConcern } from '../src/features/concerns/acts';
import { openConversation, recordConsent } from '../src/features/conversations/acts';
import { discardDossier, withdrawConsent } from '../src/features/conversations/forgetting';
import { Draft } from '../src/features/conversations/phone/draft.svelte';
import { Saving } from '../src/features/conversations/phone/saving.svelte';
import { offerHandover } from '../src/features/handover/acts';
import type { Dossier, Handover } from '../src/store/dossiers';
import { keepDraft, readDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import type { Saved } from '../src/sync/record';
import {
  HOUSEHOLD,
  household,
  must,
  newPhone,
  round,
  shownStop,
  STOP,
  talk,
  type Phone,
} from './phone';

const HALF = { why: 'Drie brieven van', teamId: 'team' };

const ASKED: Handover = {
  id: 'handover',
  team_id: 'team',
  state: 'returned',
  urgency: 'soon',
  why: '',
  domains: [],
  company_wanted: false,
  called_at: null,
  answer: null,
};

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
  await must(openConversation(shownStop, round, true));
  await must(keepDraft('handover', HOUSEHOLD, HALF));
});

describe('a half-filled form', () => {
  it('is as it was left, and nothing of it is sent', async () => {
    expect(await readDraft('handover', HOUSEHOLD)).toEqual(HALF);
    await syncOnce(phone.store);
    expect(JSON.stringify(phone.server.requests)).not.toContain(HALF.why);
    expect(await readDraft('handover', HOUSEHOLD)).toEqual(HALF);
  });

  it('keeps what was typed before the phone had read what lay there', async () => {
    const empty = { why: '', teamId: '' };
    const draft = new Draft('handover', HOUSEHOLD, empty, new Saving());
    draft.set({ why: 'Al typend' });
    await vi.waitFor(() => {
      expect(draft.value).toEqual({ why: 'Al typend', teamId: HALF.teamId });
    });
  });

  it('goes when it is handed in', async () => {
    const { saved } = offerHandover({
      householdId: HOUSEHOLD,
      conversationId: talk.conversationId,
      consentId: 'consent',
      teamId: 'team',
      why: HALF.why,
      urgency: 'soon',
      domains: [],
      companyWanted: false,
      calledAt: null,
    });
    await must(saved);
    expect(await readDraft('handover', HOUSEHOLD)).toBeNull();
    await must(keepDraft('worry', STOP, { facts: 'De gordijnen zijn dicht.' }));
    await must(raiseConcern('De gordijnen zijn dicht.', null, STOP));
    expect(await readDraft('worry', STOP)).toBeNull();
  });

  it('goes with everything that is thrown away', async () => {
    await must(discardDossier(HOUSEHOLD, shownStop));
    expect(await readDraft('handover', HOUSEHOLD)).toBeNull();
  });

  it('goes with the consent it rests on, and with no other', async () => {
    const given = (purpose: 'note' | 'contact'): string =>
      recordConsent(talk, { purpose, given: true, consentTextId: 'text', language: 'nl' })
        .consentId;
    const [note, contact] = [given('note'), given('contact')];
    await must(withdrawConsent(HOUSEHOLD, { id: contact, purpose: 'contact' }));
    expect(await readDraft('handover', HOUSEHOLD)).toEqual(HALF);
    await must(withdrawConsent(HOUSEHOLD, { id: note, purpose: 'note' }));
    expect(await readDraft('handover', HOUSEHOLD)).toBeNull();
  });

  it('goes with the yes to its own team, and stays when another team loses theirs', async () => {
    const share = (teamId: string, given = true): ReturnType<typeof recordConsent> =>
      recordConsent(talk, {
        purpose: 'share',
        given,
        consentTextId: 'text',
        language: 'nl',
        teamId,
      });
    const [ours, other] = [share('team'), share('other')];
    for (const { saved } of [ours, other]) await must(saved);
    const taken = (id: string, team_id: string): Promise<Saved> =>
      withdrawConsent(HOUSEHOLD, { id, purpose: 'share', team_id });
    await must(taken(other.consentId, 'other'));
    expect(await readDraft('handover', HOUSEHOLD)).toEqual(HALF);
    await must(share('third', false).saved);
    expect(await readDraft('handover', HOUSEHOLD)).toEqual(HALF);
    await must(taken(ours.consentId, 'team'));
    expect(await readDraft('handover', HOUSEHOLD)).toBeNull();
  });

  it('an answer goes with the yes to the team that asked', async () => {
    const body = { ...(await household(phone.store)), handovers: [ASKED] };
    const stored: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'asked', body };
    phone.server.dossiers.set(HOUSEHOLD, stored);
    await syncOnce(phone.store);
    await must(keepDraft('answer', HOUSEHOLD, { words: 'Ja, sinds' }));
    const taken = (team_id: string): Promise<Saved> =>
      withdrawConsent(HOUSEHOLD, { id: `c-${team_id}`, purpose: 'share', team_id });
    await must(taken('other'));
    expect(await readDraft('answer', HOUSEHOLD)).toEqual({ words: 'Ja, sinds' });
    await must(taken('team'));
    expect(await readDraft('answer', HOUSEHOLD)).toBeNull();
  });

  it('goes when the server takes the dossier off this phone', async () => {
    await must(keepDraft('worry', STOP, { facts: 'x' }));
    phone.server.dossiers.delete(STOP);
    await syncOnce(phone.store);
    expect(await readDraft('worry', STOP)).toBeNull();
    // A worry is nobody's to lose: it waits under Hulp.
    expect(await readDraft('worry', 'none')).toEqual({ facts: 'x' });
  });
});

describe('answers of a team', () => {
  const answer = {
    state: 'accepted',
    by: '',
    reason: '',
    words: '',
    feedback: '',
    at: '',
  } as const;
  const handover = (id: string, state: Handover['state'], answered = true): Handover => ({
    ...ASKED,
    id,
    state,
    answer: answered ? { ...answer, state } : null,
  });

  it('wait until they were looked at; a question until it is answered', () => {
    const all = [
      handover('1', 'accepted'),
      handover('2', 'returned'),
      handover('3', 'offered', false),
    ];
    const ids = (seen: string | null): string[] => unseenAnswers(all, seen).map(({ id }) => id);
    expect(ids(null)).toEqual(['1', '2']);
    expect(ids('1 accepted\n2 returned')).toEqual(['2']);
    expect(ids('1 seen')).toEqual(['1', '2']);
  });
});
