/** A phone that is given back: nothing unsent goes without the coordinator's code. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { recordOutcome } from '../src/features/visits/acts';
import { openConversation } from '../src/features/conversations/acts';
import { emptyPhone, isHereOnly } from '../src/session/emptying';
import { recalledKinds, rememberKinds } from '../src/store/known-locks';
import { currentStore } from '../src/store/current';
import { leftBehind } from '../src/store/leaving';
import type { Dossier } from '../src/store/dossiers';
import { NO_DOOR } from '../src/store/forms';
import { forgetDraft, keepDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import { household, HOUSEHOLD, ME, must, newPhone, round, shownStop, type Phone } from './phone';
import { serverKey } from './server-key';

const CODE = '01234567';
let phone: Phone;

beforeEach(async () => {
  localStorage.clear();
  phone = await newPhone();
  const said = `voordeur removal 1\n${phone.store.device.id}\n${CODE}`;
  const check = createHash('sha256').update(said).digest('hex');
  await must(phone.store.change(() => [{ do: 'remember', key: 'enrolled', value: check }]));
  rememberKinds(ME, ['passphrase']);
});

async function hereOnly(): Promise<number> {
  return (await must(phone.store.entries())).filter(isHereOnly).length;
}

async function isThere(): Promise<boolean> {
  return (await must(leftBehind(ME))).device !== null;
}

describe('a phone with unsent work', () => {
  beforeEach(() => must(recordOutcome(shownStop, 'not_home')));

  it.each(['', '0123456', '12345678', '01234568'])('keeps it under the code %j', async (typed) => {
    expect(await emptyPhone(typed)).toEqual({ ok: false, error: 'wrong' });
    expect(currentStore()).not.toBeNull();
    expect(await hereOnly()).toBe(1);
  });

  it('lets go of it under its own code, however that is typed', async () => {
    await must(emptyPhone('0123 4567'));
    expect(currentStore()).toBeNull();
    expect(await isThere()).toBe(false);
    expect(recalledKinds(ME)).toEqual([]);
  });

  it('keeps it while it was never told a code', async () => {
    await must(phone.store.change(() => [{ do: 'remember', key: 'enrolled', value: null }]));
    expect(await emptyPhone(CODE)).toEqual({ ok: false, error: 'wrong' });
  });
});

describe('a phone with half a form and nothing unsent', () => {
  const forms = [
    ['handover', HOUSEHOLD, { why: 'Drie brieven van' }],
    ['answer', HOUSEHOLD, { words: 'Ze belt zelf' }],
    ['worry', NO_DOOR, { facts: 'Het was koud in de keuken' }],
  ] as const;

  it.each(forms)('keeps a %s under a wrong code', async (kind, about, values) => {
    await must(syncOnce(phone.store));
    await must(openConversation(shownStop, round, true));
    await must(keepDraft(kind, about, values));
    const body = await household(phone.store);
    const stored: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'open', body };
    phone.server.dossiers.set(HOUSEHOLD, stored);
    await must(syncOnce(phone.store));
    expect(await hereOnly()).toBe(0);
    expect(await emptyPhone('')).toEqual({ ok: false, error: 'wrong' });
    expect(await isThere()).toBe(true);
    await must(emptyPhone(CODE));
    expect(await isThere()).toBe(false);
  });

  it('keeps one about a household that it holds no more', async () => {
    const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
    phone.server.dossiers.set(ME, key.profile);
    await must(syncOnce(phone.store));
    await must(keepDraft('answer', 'a household of long ago', { words: 'Ze belt zelf' }));
    expect(await emptyPhone('')).toEqual({ ok: false, error: 'wrong' });
  });

  it('asks no code for one that was finished, or holds no word', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    await must(syncOnce(phone.store));
    await must(keepDraft('handover', HOUSEHOLD, { why: 'Drie brieven van' }));
    await must(phone.store.change(() => [forgetDraft('handover', HOUSEHOLD)]));
    await must(keepDraft('worry', NO_DOOR, { facts: ' ' }));
    await must(emptyPhone(''));
    expect(await isThere()).toBe(false);
  });
});

it('is not emptied under a talk in another window', async () => {
  const held = [{ name: `voordeur-writing-${ME}` }];
  vi.stubGlobal('navigator', { locks: { query: () => Promise.resolve({ held }) } });
  expect(await emptyPhone('')).toEqual({ ok: false, error: 'elsewhere' });
  vi.unstubAllGlobals();
  expect(await isThere()).toBe(true);
});

describe('a phone whose work has arrived', () => {
  it('asks no code', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    await must(syncOnce(phone.store));
    expect(await hereOnly()).toBe(0);
    await must(emptyPhone(''));
    expect(await isThere()).toBe(false);
  });

  it('counts what the server refused: nobody else has it', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    phone.server.answerWith = () => ({ outcome: 'refused', code: 'no-consent' });
    await must(syncOnce(phone.store));
    expect(await hereOnly()).toBe(1);
    phone.server.answerWith = () => ({ outcome: 'quarantined', code: 'gone' });
    await must(recordOutcome(shownStop, 'not_home'));
    await must(syncOnce(phone.store));
    expect(await hereOnly()).toBe(1);
  });
});
