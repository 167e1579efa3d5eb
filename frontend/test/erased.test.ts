/** What was thrown away elsewhere leaves this phone whole: dossier, copies, put-aside work, drafts. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openConversation } from '../src/features/conversations/acts';
import { discardDossier } from '../src/features/conversations/forgetting';
import { writeNote } from '../src/features/conversations/notes';
import type { Dossier } from '../src/store/dossiers';
import type { View } from '../src/store/types';
import { keepDraft, readDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import type { GoneLine, Mutation } from '../src/sync/wire';
import {
  HOUSEHOLD,
  household,
  ME,
  must,
  newPhone,
  round,
  shownStop,
  STOP,
  talk,
  type Phone,
} from './phone';
import { opened, serverKey } from './server-key';

let phone: Phone;
const NOTE = { id: 'note-1', domain: 'money_and_schemes', position: 0 };
const WHOLE: GoneLine = { dossier_id: HOUSEHOLD, what: 'household', id: HOUSEHOLD };

beforeEach(async () => {
  phone = await newPhone();
  const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
  phone.server.openCopy = (copy) => opened(key, phone.store.device.id, copy) as Promise<Mutation>;
  await sync();
});

const sync = (): Promise<unknown> => must(syncOnce(phone.store));

async function viewed(): Promise<View> {
  const seen: View[] = [];
  await must(
    phone.store.change((view) => {
      seen.push(view);
      return [];
    }),
  );
  return seen[0]!;
}

async function copied(): Promise<string[]> {
  return (await viewed()).copies.map(({ kind }) => kind);
}

async function putAside(): Promise<string[]> {
  const { entries } = await viewed();
  return entries.filter(({ state }) => state === 'set_aside').map(({ mutation }) => mutation.kind);
}

async function note(id: string): Promise<void> {
  const editor = writeNote(talk, { ...NOTE, id }, null);
  await must(editor.write('MERKWOORD'));
  await must(editor.release());
}

/** A talk at one door, of which the server put some aside; then a notice at that door. */
async function talked(aside: (mutation: Mutation) => boolean = () => false): Promise<void> {
  await must(openConversation(shownStop, round, true));
  await note('note-1');
  await note('note-2');
  await must(record({ kind: 'contact.set', dossier_id: HOUSEHOLD, body: contact }));
  const body = await household(phone.store);
  const dossier: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'h1', body };
  phone.server.dossiers.set(HOUSEHOLD, dossier);
  await must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on: true } }));
  phone.server.answerWith = (mutation) =>
    aside(mutation)
      ? { outcome: 'quarantined', code: 'does-not-fit' }
      : { outcome: 'applied', code: '' };
  await sync();
}
const NO = {
  consent_id: '0f000000-0000-4000-8000-00000000000f',
  given: false,
  consent_text_id: 'text',
  language: 'nl',
  how: 'spoken',
  team_id: null,
} as const;
const contact = {
  called_name: 'MERKWOORD',
  channel: 'visit',
  value: '',
  when: '',
  voicemail_ok: false,
} as const;

describe('a household that was thrown away elsewhere', () => {
  beforeEach(async () => {
    await talked(({ kind }) => kind === 'contact.set');
    await must(keepDraft('handover', HOUSEHOLD, { why: 'MERKWOORD' }));
    expect(await putAside()).toEqual(['contact.set']);
    phone.server.dossiers.delete(HOUSEHOLD);
    phone.server.erased = [WHOLE];
  });

  it('takes its copies, what was put aside and its drafts along', async () => {
    await sync();
    expect(await copied()).toEqual(['visit.record', 'door.notice']);
    expect(await putAside()).toEqual([]);
    expect(await readDraft('handover', HOUSEHOLD)).toBeNull();
    expect((await viewed()).dossier(HOUSEHOLD)).toBeUndefined();
  });

  it('leaves in one commit: whoever looks on sees all of it or nothing', async () => {
    const seen = new Set<string>();
    const stop = phone.store.observe(
      async (reader) => {
        const dossier = await must(reader.dossier(HOUSEHOLD));
        const entries = await must(reader.entries());
        const aside = entries.filter(({ mutation }) => mutation.dossier_id === HOUSEHOLD);
        return { ok: true, value: `${String(dossier !== null)} ${String(aside.length)}` };
      },
      (result) => {
        if (result.ok) seen.add(result.value);
      },
    );
    await sync();
    await vi.waitFor(() => {
      expect([...seen]).toEqual(['true 1', 'false 0']);
    });
    stop();
  });

  it('also when the phone did not hold the dossier any more', async () => {
    phone.server.erased = [];
    await sync();
    expect(await copied()).toContain('note.add');
    phone.server.erased = [WHOLE];
    await sync();
    expect(await copied()).toEqual(['visit.record', 'door.notice']);
    expect(await putAside()).toEqual([]);
  });

  it('is told to the volunteer, once, without what or where', async () => {
    await sync();
    const said = await must(phone.store.meta('erased'));
    expect(said).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/);
    await must(phone.store.change(() => [{ do: 'remember', key: 'erased', value: null }]));
    await sync();
    expect(await must(phone.store.meta('erased'))).toBeNull();
  });

  it('takes what was written about it without a line along', async () => {
    await note('note-3');
    phone.server.answerWith = () => ({ outcome: 'erased', code: 'dossier-erased' });
    await sync();
    expect((await viewed()).entries).toEqual([]);
    expect(JSON.stringify(await viewed())).not.toContain('MERKWOORD');
  });
});

it('a copy that is answered as erased takes the other copies of that household along', async () => {
  await talked();
  phone.server.forgetReceipts();
  phone.server.outcomes.clear();
  phone.server.answerWith = ({ kind }) =>
    kind === 'note.add'
      ? { outcome: 'erased', code: 'dossier-erased' }
      : { outcome: 'applied', code: '' };
  phone.server.dossiers.delete(HOUSEHOLD);
  await sync();
  expect(await copied()).toEqual(['visit.record', 'door.notice']);
});

it('the phone that threw it away hears nothing new, and keeps that it said so', async () => {
  await talked();
  await must(discardDossier(HOUSEHOLD, null));
  phone.server.dossiers.delete(HOUSEHOLD);
  phone.server.erased = [WHOLE];
  await sync();
  expect(await copied()).toEqual(['visit.record', 'door.notice', 'dossier.discard']);
  expect(await must(phone.store.meta('erased'))).toBeNull();
});

describe('words that were taken out on another phone', () => {
  it.each([
    ['note', 'note-1', 3, ['note.add', 'contact.set']],
    ['noting', HOUSEHOLD, 0, []],
    ['health', HOUSEHOLD, 0, []],
    ['contact', HOUSEHOLD, 3, ['note.add', 'note.add']],
  ] as const)('%s: their copies and put-aside entries go', async (what, id, left, aside) => {
    await talked(({ kind }) => kind === 'note.add' || kind === 'contact.set');
    const about = async (): Promise<string[]> =>
      (await viewed()).copies
        .filter(({ dossier_id }) => dossier_id === HOUSEHOLD)
        .map(({ kind }) => kind);
    expect(await about()).toHaveLength(4);
    phone.server.erased = [{ dossier_id: HOUSEHOLD, what, id }];
    await sync();
    expect(await about()).toHaveLength(left + (left === 0 ? 1 : 0));
    expect(await putAside()).toEqual(aside);
    expect(await must(phone.store.meta('erased'))).toBeNull();
  });
});

describe('words of which the end went in the same request', () => {
  const withdrawn = (): Promise<unknown> =>
    must(record({ kind: 'consent.withdraw', dossier_id: HOUSEHOLD, body: { consent_id: 'yes' } }));

  beforeEach(async () => {
    await must(openConversation(shownStop, round, true));
    await note('note-1');
    phone.server.answerWith = ({ kind }) =>
      kind === 'note.add'
        ? { outcome: 'quarantined', code: 'does-not-fit' }
        : { outcome: 'applied', code: '' };
    phone.server.erased = [{ dossier_id: HOUSEHOLD, what: 'noting', id: HOUSEHOLD }];
  });

  it('leave no put-aside entry and no copy', async () => {
    await withdrawn();
    await sync();
    expect(await putAside()).toEqual([]);
    expect(await copied()).toEqual(['conversation.open', 'visit.record', 'consent.withdraw']);
  });

  it('stay when they were written after it', async () => {
    await withdrawn();
    await note('note-2');
    await sync();
    expect(await putAside()).toEqual(['note.add']);
    expect(await copied()).toContain('note.add');
  });

  it('about health stay when they were written after a no to any notes', async () => {
    phone.server.erased = [{ dossier_id: HOUSEHOLD, what: 'health', id: HOUSEHOLD }];
    const body = { ...NO, conversation_id: talk.conversationId, purpose: 'note' as const };
    await must(record({ kind: 'consent.record', dossier_id: HOUSEHOLD, body }));
    await note('note-2');
    await sync();
    expect(await putAside()).toEqual(['note.add']);
  });

  it.each(['share', 'contact', 'health'] as const)(
    'stay when they were written after it and a no to %s followed',
    async (purpose) => {
      await withdrawn();
      await note('note-2');
      const body = { ...NO, conversation_id: talk.conversationId, purpose };
      await must(record({ kind: 'consent.record', dossier_id: HOUSEHOLD, body }));
      await sync();
      expect(await putAside()).toEqual(['note.add']);
    },
  );
});

it('words that had arrived, of which the answer was lost, leave no copy when they ended meanwhile', async () => {
  await must(openConversation(shownStop, round, true));
  await note('note-1');
  phone.server.mishaps = ['drop-answer'];
  expect((await syncOnce(phone.store)).ok).toBe(false);
  phone.server.erased = [{ dossier_id: HOUSEHOLD, what: 'noting', id: HOUSEHOLD }];
  await sync();
  expect(await copied()).toEqual(['conversation.open', 'visit.record']);
});
