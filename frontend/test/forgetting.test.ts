/** Typing is kept, and what was thrown away is gone. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  askDebtHelp,
  assess,
  openConversation,
  recordConsent,
  setContact,
} from '../src/features/conversations/acts';
import { discardDossier, withdrawConsent } from '../src/features/conversations/forgetting';
import { releaseNotes, removeNote, writeNote } from '../src/features/conversations/notes';
import { removeGoal, setStep, setStepStatus, writeGoal } from '../src/features/plans/acts';
import { syncOnce } from '../src/sync/once';
import type { Dossier } from '../src/sync/wire';
import {
  everythingStored,
  HOUSEHOLD,
  household,
  must,
  newPhone,
  PLAN,
  round,
  shown,
  shownStop,
  STOP,
  talk,
  waitingIn,
  type Phone,
} from './phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
  await must(openConversation(shownStop, round, true));
});

const NOTE = { id: 'note-1', domain: 'money_and_schemes', position: 0 };
const plan = { householdId: HOUSEHOLD, conversationId: talk.conversationId, planId: PLAN };

async function kinds(): Promise<string[]> {
  return (await waitingIn(phone.store)).map(({ mutation }) => mutation.kind);
}

describe('typing a note', () => {
  it('cleared and typed anew is a new note: nothing of it is lost', async () => {
    const editor = writeNote(talk, NOTE, null);
    await must(editor.write('weg'));
    await must(editor.write(''));
    await must(editor.release());
    await must(editor.write('toch weer'));
    await must(editor.release());
    expect((await household(phone.store)).notes.map(({ text }) => text)).toEqual(['toch weer']);
    const notes = (await waitingIn(phone.store)).filter(({ mutation }) =>
      mutation.kind.startsWith('note.'),
    );
    expect(notes.map(({ mutation }) => mutation.kind)).toEqual(['note.add']);
  });

  it('is one mutation, whatever was typed, and the last keystroke wins', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 1, maxLength: 8 }), async (texts) => {
        const id = `note-${texts.join('|')}`;
        const editor = writeNote(talk, { ...NOTE, id }, null);
        await Promise.all(texts.map((text) => editor.write(text)));
        const about = (await waitingIn(phone.store)).filter(
          ({ mutation }) => mutation.kind === 'note.add' && mutation.body.note_id === id,
        );
        expect(about).toHaveLength(1);
        expect(about[0]?.held).toBe(true);
        const last = texts.at(-1) ?? '';
        expect((await household(phone.store)).notes.find((note) => note.id === id)?.text).toBe(
          last,
        );
        await must(editor.release());
        const after = (await household(phone.store)).notes.filter((note) => note.id === id);
        expect(after).toHaveLength(last === '' ? 0 : 1);
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  it('is not sent while the editor is open, nor what follows it in its dossier', async () => {
    const editor = writeNote(talk, NOTE, null);
    await must(editor.write('half a sen'));
    await must(assess(talk, 'money_and_schemes', 'help_wanted', null));
    await syncOnce(phone.store);
    expect(await kinds()).toEqual(['note.add', 'domain.assess']);
    await must(releaseNotes());
    await syncOnce(phone.store);
    expect(await kinds()).toEqual([]);
    expect(phone.server.effects.map(({ kind }) => kind)).toContain('note.add');
  });

  it('after it was sent amends, from what was sent', async () => {
    const editor = writeNote(talk, NOTE, null);
    await must(editor.write('one'));
    await must(editor.release());
    phone.server.mishaps = ['drop-answer'];
    await syncOnce(phone.store);
    await must(editor.write('one two'));
    await must(editor.write('one two three'));
    const last = (await waitingIn(phone.store)).at(-1)?.mutation;
    expect(last).toMatchObject({
      kind: 'note.amend',
      body: { from: 'one', text: 'one two three' },
    });
  });
});

describe('an answer given twice', () => {
  it('before it is sent is one mutation, and back again is none', async () => {
    await must(assess(talk, 'money_and_schemes', 'help_wanted', null));
    await must(assess(talk, 'money_and_schemes', 'goes_well', 'help_wanted'));
    const said = (await waitingIn(phone.store)).at(-1)?.mutation;
    expect(said).toMatchObject({ body: { answer: 'goes_well', from: null } });
    expect((await kinds()).filter((kind) => kind === 'domain.assess')).toHaveLength(1);
  });
});

describe('taking a note out', () => {
  it('that was never sent leaves no trace and sends nothing', async () => {
    const editor = writeNote(talk, NOTE, null);
    await must(editor.write('MARKED'));
    await must(removeNote(talk, NOTE.id));
    expect(await everythingStored()).not.toContain('MARKED');
    expect(await kinds()).not.toContain('note.remove');
  });

  it('that may have been sent takes the words off the phone and tells the server', async () => {
    const editor = writeNote(talk, NOTE, null);
    await must(editor.write('MARKED'));
    await must(editor.release());
    phone.server.mishaps = ['drop-answer'];
    await syncOnce(phone.store);
    await must(removeNote(talk, NOTE.id));
    expect(await everythingStored()).not.toContain('MARKED');
    expect(await kinds()).toContain('note.remove');
  });

  it('also when an answer that was under way brings it back', async () => {
    const body = { ...(await household(phone.store)), notes: [{ ...NOTE, text: 'MARKED' }] };
    const dossier: Dossier = { id: HOUSEHOLD, kind: 'household', version: 'h1', body };
    phone.server.dossiers.set(HOUSEHOLD, dossier);
    const { ports } = await import('../src/lib/ports');
    ports.network.fetch = async (url, init) => {
      const answer = await phone.server.fetch(url, init);
      if (phone.server.requests.length === 2) await must(removeNote(talk, NOTE.id));
      return answer;
    };
    const seen: string[] = [];
    const stop = phone.store.observe(
      (reader) => reader.dossier(HOUSEHOLD),
      (result) => seen.push(JSON.stringify(result)),
    );
    await syncOnce(phone.store);
    stop();
    expect(await everythingStored()).not.toContain('MARKED');
    expect(seen.join()).not.toContain('MARKED');
    expect(phone.server.effects.map(({ kind }) => kind)).toContain('note.remove');
  });
});

describe('a text that is taken out, which the server puts aside', () => {
  it('stands here again as on the server: nobody believes it is gone', async () => {
    const body = { ...(await household(phone.store)), notes: [{ ...NOTE, text: 'MARKED' }] };
    phone.server.dossiers.set(HOUSEHOLD, { id: HOUSEHOLD, kind: 'household', version: 'h1', body });
    await must(syncOnce(phone.store));
    phone.server.answerWith = ({ kind }) =>
      kind === 'note.remove'
        ? { outcome: 'quarantined', code: 'follows-another' }
        : { outcome: 'applied', code: '' };
    await must(removeNote(talk, NOTE.id));
    expect((await household(phone.store)).notes).toEqual([]);
    await must(syncOnce(phone.store));
    await must(syncOnce(phone.store));
    const stored = await must(phone.store.dossier(HOUSEHOLD));
    expect(stored).toMatchObject({ version: 'h1', body: { notes: [{ text: 'MARKED' }] } });
  });
});

describe('"Alles weggooien"', () => {
  async function everything(): Promise<void> {
    await must(recordConsent(talk, consent).saved);
    await must(
      setContact(HOUSEHOLD, {
        called_name: 'MARKED',
        channel: 'phone',
        value: 'MARKED',
        when: 'MARKED',
        voicemail_ok: false,
      }),
    );
    await must(writeNote(talk, NOTE, null).write('MARKED'));
    await must(writeGoal(plan, { id: 'goal', position: 0, domain: '' }, null).write('MARKED'));
    const step = {
      id: 'step',
      position: 0,
      text: 'MARKED',
      who: 'resident',
      who_name: 'MARKED',
      by: '',
    } as const;
    await must(setStep(plan, 'goal', step, null));
    await must(askDebtHelp(talk, { passOn: false, crisis: false }));
  }
  const consent = { purpose: 'note', given: true, consentTextId: 'text', language: 'nl' } as const;

  it.each(['never sent', 'sent, answer lost', 'arrived'])(
    'leaves no marked word in any table: %s',
    async (moment) => {
      await everything();
      await must(releaseNotes());
      if (moment !== 'never sent') {
        const body = { ...(await household(phone.store)) };
        phone.server.dossiers.set(HOUSEHOLD, {
          id: HOUSEHOLD,
          kind: 'household',
          version: 'h1',
          body,
        });
        if (moment === 'sent, answer lost') phone.server.mishaps = ['drop-answer'];
        await syncOnce(phone.store);
        expect(await everythingStored()).toContain('MARKED');
      }
      await must(discardDossier(HOUSEHOLD, shownStop));
      expect(await everythingStored()).not.toContain('MARKED');
      expect(await shown(phone.store, 'household', HOUSEHOLD)).toBeNull();
      phone.server.onEffect = ({ kind }) => {
        if (kind === 'dossier.discard') phone.server.dossiers.delete(HOUSEHOLD);
      };
      expect((await syncOnce(phone.store)).ok).toBe(true);
      expect(phone.server.effects.map(({ kind }) => kind)).toContain('dossier.discard');
      expect(await everythingStored()).not.toContain('MARKED');
    },
  );

  it('leaves the attempt', async () => {
    await must(
      discardDossier(HOUSEHOLD, shownStop, { outcome: 'refused', details: { scope: 'always' } }),
    );
    const stop = await shown(phone.store, 'stop', STOP);
    expect(stop?.attempt).toMatchObject({ outcome: 'refused', details: { scope: 'always' } });
    expect(await kinds()).toEqual(['visit.record', 'dossier.discard']);
  });
});

describe('withdrawing consent to note', () => {
  it('takes notes, answers and plan off the phone, and keeps the evidence', async () => {
    const { consentId, saved } = recordConsent(talk, {
      purpose: 'note',
      given: true,
      consentTextId: 'text',
      language: 'nl',
    });
    await must(saved);
    await must(writeNote(talk, NOTE, null).write('MARKED'));
    await must(writeGoal(plan, { id: 'goal', position: 0, domain: '' }, null).write('MARKED'));
    await must(withdrawConsent(HOUSEHOLD, { id: consentId, purpose: 'note' }));
    expect(await everythingStored()).not.toContain('MARKED');
    const body = await household(phone.store);
    expect(body.consents[0]?.withdrawn_at).not.toBeNull();
    expect([body.notes, body.plan]).toEqual([[], null]);
  });
});

describe('taking a goal out', () => {
  it('that was never sent takes its steps and how far they were along', async () => {
    await must(writeGoal(plan, { id: 'goal', position: 0, domain: '' }, null).write('MARKED'));
    const step = {
      id: 'step',
      position: 0,
      text: 'MARKED',
      who: 'resident',
      who_name: '',
      by: '',
    } as const;
    await must(setStep(plan, 'goal', step, null));
    await must(setStepStatus(HOUSEHOLD, { id: 'step', status: 'open' }, 'done'));
    await must(removeGoal(plan, 'goal'));
    expect(await kinds()).toEqual(['conversation.open', 'visit.record']);
  });
});

describe('a door where everything was thrown away', () => {
  it('begins a new household when they talk after all, also without a line', async () => {
    await must(discardDossier(HOUSEHOLD, shownStop));
    const after = await shown(phone.store, 'stop', STOP);
    if (after === null) throw new Error('no stop');
    expect(after.reserved.attempt_id).toBe(shownStop.body.reserved.attempt_id);
    const fresh = [after.reserved.household_id, after.reserved.conversation_id];
    expect(fresh).not.toContain(HOUSEHOLD);
    await must(openConversation({ id: STOP, body: after }, round, true));
    const opened = (await waitingIn(phone.store)).filter(
      ({ mutation }) => mutation.kind === 'conversation.open',
    );
    expect(opened.map(({ mutation }) => mutation.dossier_id)).toEqual([fresh[0]]);
  });
});
