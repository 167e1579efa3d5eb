/** A server that was put back to an older day gets again what had arrived, before it may drop anything. */
import { beforeEach, describe, expect, it } from 'vitest';
import { assess, openConversation, recordConsent } from '../src/features/conversations/acts';
import { discardDossier, withdrawConsent } from '../src/features/conversations/forgetting';
import { removeNote, writeNote } from '../src/features/conversations/notes';
import { raiseConcern } from '../src/features/concerns/acts';
import { ports, replacePorts } from '../src/lib/ports';
import { KEPT_FOR } from '../src/store/copies';
import { openSealed } from '../src/store/opening';
import type { Dossier } from '../src/store/dossiers';
import { syncOnce } from '../src/sync/once';
import { change, newEntry, record } from '../src/sync/record';
import type { Mutation } from '../src/sync/wire';
import { REMOVAL_CHECK } from './fake-server';
import {
  everythingStored,
  HOUSEHOLD,
  household,
  ME,
  must,
  newPhone,
  phoneKey,
  round,
  shownStop,
  STOP,
  talk,
  type Phone,
} from './phone';
import { opened, serverKey } from './server-key';

let phone: Phone;
const NOTE = { id: 'note-1', domain: 'money_and_schemes', position: 0 };

beforeEach(async () => {
  phone = await newPhone();
  const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
  phone.server.openCopy = (copy) => opened(key, phone.store.device.id, copy) as Promise<Mutation>;
  await syncOnce(phone.store);
});

const sync = (): Promise<unknown> => must(syncOnce(phone.store));
const happened = (): string[] => phone.server.effects.map(({ kind }) => kind);
const copied = async (): Promise<string[]> =>
  (await must(phone.store.copyBoxes())).map(({ id }) => id);
const notice = (on: boolean): Promise<unknown> =>
  must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on } }));

async function talked(): Promise<void> {
  await must(openConversation(shownStop, round, true));
  await must(assess(talk, 'money_and_schemes', 'help_wanted', null));
  const editor = writeNote(talk, NOTE, null);
  await must(editor.write('De post ligt in de la'));
  await must(editor.release());
  const dossier: Dossier = {
    id: HOUSEHOLD,
    kind: 'household',
    version: 'h1',
    body: await household(phone.store),
  };
  phone.server.dossiers.set(HOUSEHOLD, dossier);
  await sync();
}

describe('a server that was put back to an older day', () => {
  it('has everything again, each thing once and in order, before it drops anything', async () => {
    await talked();
    const before = happened();
    const { requests } = phone.server;
    const from = requests.length;
    phone.server.forgetEverything();
    await notice(true);
    await sync();
    expect(happened()).toEqual([...before, 'door.notice']);
    const [asked, copies, holdings] = requests.slice(from);
    expect([asked?.copies, asked?.mutations.length]).toEqual([undefined, 1]);
    expect([copies?.copies?.length, copies?.mutations.length]).toEqual([before.length, 0]);
    expect([copies?.more, copies?.holdings]).toEqual([true, undefined]);
    expect(holdings?.holdings).toBeDefined();
    expect(requests).toHaveLength(from + 3);
  });

  it('gets them in parts, and none is lost when the line breaks between', async () => {
    for (let count = 0; count < 12; count += 1) await notice(count % 2 === 0);
    await sync();
    phone.server.forgetEverything();
    phone.server.mishaps = ['drop-answer'];
    for (let tries = 0; tries < 3; tries += 1) await syncOnce(phone.store);
    expect(happened()).toHaveLength(12);
  });

  it('that only lost the receipts hears nothing twice', async () => {
    await talked();
    const before = happened();
    phone.server.forgetReceipts();
    await sync();
    expect(happened()).toEqual(before);
  });

  it('has what arrived in several syncs again in the order of making', async () => {
    for (let count = 0; count < 6; count += 1) {
      await notice(count % 2 === 0);
      if (count % 2 === 1) await notice(true);
      await sync();
    }
    const ids = phone.server.effects.map(({ id }) => id);
    phone.server.forgetEverything();
    await sync();
    expect(phone.server.effects.map(({ id }) => id)).toEqual(ids);
  });

  it('hears what waited only after what it rests on', async () => {
    await talked();
    phone.server.forgetEverything();
    await must(assess(talk, 'money_and_schemes', 'goes_well', 'help_wanted'));
    await sync();
    expect(happened().at(-1)).toBe('domain.assess');
    expect(happened().filter((kind) => kind === 'domain.assess')).toHaveLength(2);
  });

  it('learns this phone’s key again before that sync ends: it may be lost before the next', async () => {
    phone.server.forgetReceipts();
    const before = phone.server.enrolments;
    await sync();
    expect(phone.server.enrolments).toBe(before + 1);
    expect(await must(phone.store.meta('enrolled'))).toBe(REMOVAL_CHECK);
  });
});

describe('a copy of what arrived', () => {
  it('is kept for fourteen days and then goes', async () => {
    await notice(true);
    await sync();
    expect(await copied()).toHaveLength(1);
    const later = (more: number): Date => new Date(ports.clock.now().getTime() + KEPT_FOR + more);
    const [day14, after] = [later(0), later(1_000)];
    const restore = replacePorts({ clock: { now: () => day14 } });
    await sync();
    expect(await copied()).toHaveLength(1);
    replacePorts({ clock: { now: () => after } });
    await sync();
    expect(await copied()).toEqual([]);
    restore();
  });

  it('is there after the app was opened again', async () => {
    await talked();
    const store = await must(openSealed(ME, await phoneKey()));
    expect((await must(store.copyBoxes())).map(({ id }) => id)).toEqual(await copied());
    store.close();
  });

  it('is there of what was written before this phone had heard the server’s key', async () => {
    phone = await newPhone();
    const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
    phone.server.dossiers.set(ME, key.profile);
    phone.server.openCopy = (copy) => opened(key, phone.store.device.id, copy) as Promise<Mutation>;
    await must(raiseConcern('MERKWOORD', STOP));
    await sync();
    phone.server.forgetEverything();
    await sync();
    expect(happened()).toEqual(['concern.raise']);
  });

  it('cannot be read on the phone: of a worry not a word is left', async () => {
    await must(raiseConcern('MERKWOORD', STOP));
    await sync();
    expect(await copied()).toHaveLength(1);
    expect(await everythingStored()).not.toContain('MERKWOORD');
  });

  it('of a note goes with the note', async () => {
    await talked();
    const before = await copied();
    await must(removeNote(talk, NOTE.id));
    expect(await copied()).toHaveLength(before.length - 1);
    phone.server.forgetEverything();
    await sync();
    expect(happened()).not.toContain('note.add');
    expect(happened()).toContain('note.remove');
  });

  it('with words goes when they take back that we may write', async () => {
    const { consentId, saved } = recordConsent(talk, {
      purpose: 'note',
      given: true,
      consentTextId: 'consent-text',
      language: 'nl',
    });
    await must(saved);
    await talked();
    await must(withdrawConsent(HOUSEHOLD, { id: consentId, purpose: 'note' }));
    phone.server.forgetEverything();
    await sync();
    expect(new Set(happened())).toEqual(
      new Set(['consent.record', 'conversation.open', 'visit.record', 'consent.withdraw']),
    );
  });

  it('is not kept of words that were sent with what takes them back', async () => {
    await talked();
    const body = { note_id: NOTE.id, text: 'MERKWOORD', from: '' };
    const { mutation, ...rest } = newEntry({ kind: 'note.amend', dossier_id: HOUSEHOLD, body });
    // Of what only a newer app says this one does not know what it rests on.
    const unknown = { ...mutation, kind: 'note.colour' } as unknown as Mutation;
    await must(change(() => [{ do: 'queue', entry: { ...rest, mutation: unknown } }]));
    await must(withdrawConsent(HOUSEHOLD, { id: 'consent-1', purpose: 'note' }));
    phone.server.answerWith = ({ kind }) =>
      (kind as string) === 'note.colour'
        ? { outcome: 'quarantined', code: 'unknown-kind' }
        : { outcome: 'applied', code: '' };
    await sync();
    expect(await copied()).not.toContain(unknown.id);
    expect(happened()).toContain('consent.withdraw');
  });

  it.each([
    ['share', true],
    ['contact', true],
    ['note', false],
  ] as const)(
    'of a note that arrives with a withdrawal of %s stays: %s',
    async (purpose, stays) => {
      await must(openConversation(shownStop, round, true));
      const asked = {
        purpose,
        given: true,
        consentTextId: 'consent-text',
        language: 'nl',
      } as const;
      const { consentId, saved } = recordConsent(talk, asked);
      await must(saved);
      const body = { note_id: 'note-9', text: 'MERKWOORD', from: '' };
      // Words that the withdrawal does not take out of the queue itself.
      const { mutation } = newEntry({ kind: 'note.amend', dossier_id: HOUSEHOLD, body });
      const unknown = { ...mutation, kind: 'note.colour' } as unknown as Mutation;
      const entry = { ...newEntry({ kind: 'note.amend', dossier_id: HOUSEHOLD, body }) };
      await must(change(() => [{ do: 'queue', entry: { ...entry, mutation: unknown } }]));
      await must(withdrawConsent(HOUSEHOLD, { id: consentId, purpose }));
      await sync();
      expect((await copied()).includes(unknown.id)).toBe(stays);
    },
  );

  it.each([
    ['share', true],
    ['contact', true],
    ['note', false],
  ] as const)('of words that arrive with a no to %s stays: %s', async (purpose, stays) => {
    await must(openConversation(shownStop, round, true));
    const body = { note_id: 'note-9', text: 'MERKWOORD', from: '' };
    const { mutation, ...rest } = newEntry({ kind: 'note.amend', dossier_id: HOUSEHOLD, body });
    const unknown = { ...mutation, kind: 'note.colour' } as unknown as Mutation;
    await must(change(() => [{ do: 'queue', entry: { ...rest, mutation: unknown } }]));
    const no = { purpose, given: false, consentTextId: 'consent-text', language: 'nl' } as const;
    await must(recordConsent(talk, no).saved);
    await sync();
    expect((await copied()).includes(unknown.id)).toBe(stays);
  });

  it('goes with the whole dossier, thrown away here or elsewhere', async () => {
    await talked();
    await must(discardDossier(HOUSEHOLD, null));
    phone.server.forgetEverything();
    await sync();
    expect(happened()).toEqual(['visit.record', 'dossier.discard']);
  });

  it('goes when the server says that its words were erased', async () => {
    await talked();
    phone.server.forgetEverything();
    phone.server.answerWith = ({ kind }) =>
      kind === 'note.add'
        ? { outcome: 'erased', code: 'entry-erased' }
        : { outcome: 'applied', code: '' };
    const before = await copied();
    await sync();
    expect(await copied()).toHaveLength(before.length - 1);
  });
});
