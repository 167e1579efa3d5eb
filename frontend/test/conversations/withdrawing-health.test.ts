/** What was said about health leaves the phone with the yes to it, sent or not, without a line. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  assess,
  openConversation,
  recordConsent,
  setAdvice,
} from '../../src/features/conversations/acts';
import { withdrawConsent } from '../../src/features/conversations/forgetting';
import { releaseNotes, writeNote } from '../../src/features/conversations/notes';
import { setGoal, setStep, setStepStatus } from '../../src/features/plans/acts';
import { settleDifference } from '../../src/features/sync/acts';
import { syncOnce } from '../../src/sync/once';
import {
  everythingStored,
  HOUSEHOLD,
  household,
  must,
  newPhone,
  PLAN,
  round,
  shownStop,
  talk,
  waitingIn,
  type Phone,
} from '../phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
  await must(openConversation(shownStop, round, true));
});

const NOTE = { id: 'note-1', domain: 'money_and_schemes', position: 0 };

async function kinds(): Promise<string[]> {
  return (await waitingIn(phone.store)).map(({ mutation }) => mutation.kind);
}

describe('withdrawing consent to health', () => {
  const ABOUT = { ...NOTE, domain: 'health_and_care' };
  const said = { purpose: 'health', given: true, consentTextId: 'text', language: 'nl' } as const;
  const elsewhere = { ...NOTE, id: 'note-2', position: 1 };

  const plan = { ...talk, planId: PLAN };
  const goal = { id: 'goal-1', position: 0, domain: ABOUT.domain, text: 'MARKED' };
  const otherGoal = { id: 'goal-2', position: 1, domain: NOTE.domain, text: 'stays' };
  const step = {
    id: 'step-1',
    position: 0,
    text: 'MARKED',
    who: 'resident',
    who_name: '',
    by: '',
  } as const;

  async function tells(): Promise<{ id: string; purpose: 'health' }> {
    const { consentId, saved } = recordConsent(talk, said);
    await must(saved);
    await must(writeNote(talk, ABOUT, null).write('MARKED'));
    await must(assess(talk, ABOUT.domain, 'help_wanted', null));
    await must(setAdvice(talk, ABOUT.domain, 'MARKED', true));
    await must(setGoal(plan, goal, null));
    await must(setStep(plan, goal.id, step, null));
    await must(setStepStatus(HOUSEHOLD, { id: step.id, status: 'open' }, 'done'));
    await must(setGoal(plan, otherGoal, null));
    await must(writeNote(talk, elsewhere, null).write('stays'));
    await must(assess(talk, NOTE.domain, 'goes_well', null));
    await must(releaseNotes());
    return { id: consentId, purpose: 'health' };
  }

  async function expectOnlyTheRest(): Promise<void> {
    expect(await everythingStored()).not.toContain('MARKED');
    const body = await household(phone.store);
    expect(body.notes).toEqual([{ ...elsewhere, text: 'stays' }]);
    expect([body.assessments, body.advices]).toEqual([{ [NOTE.domain]: 'goes_well' }, []]);
    expect(body.plan?.goals).toEqual([{ ...otherGoal, steps: [] }]);
    expect(body.conversation?.state).toBe('open');
  }

  it.each(['withdrawn', 'a later no'])('takes unsent words about it along: %s', async (way) => {
    const consent = await tells();
    await must(
      way === 'withdrawn'
        ? withdrawConsent(HOUSEHOLD, consent)
        : recordConsent(talk, { ...said, given: false }).saved,
    );
    await expectOnlyTheRest();
    expect((await kinds()).filter((kind) => kind === 'domain.assess')).toHaveLength(1);
  });

  it('takes what was sent and what was changed since off the phone, without a line', async () => {
    const consent = await tells();
    const body = await household(phone.store);
    const differences = [
      {
        id: 'difference',
        object_kind: 'note',
        object_id: ABOUT.id,
        field: 'text',
        shown: 'MARKED',
        other: 'MARKED',
      },
    ];
    phone.server.dossiers.set(HOUSEHOLD, {
      id: HOUSEHOLD,
      kind: 'household',
      version: 'h1',
      body: { ...body, differences },
    });
    await syncOnce(phone.store);
    await must(writeNote(talk, ABOUT, 'MARKED').write('MARKED twice'));
    await must(settleDifference(HOUSEHOLD, 'difference', 'other'));
    await must(withdrawConsent(HOUSEHOLD, consent));
    await expectOnlyTheRest();
    expect(await kinds()).toEqual(['consent.withdraw']);
    expect((await household(phone.store)).differences).toEqual([]);
  });

  it('happens with consent to note, and a new yes to note does not bring it back', async () => {
    const note = recordConsent(talk, { ...said, purpose: 'note' });
    await must(note.saved);
    await tells();
    await must(withdrawConsent(HOUSEHOLD, { id: note.consentId, purpose: 'note' }));
    await must(recordConsent(talk, { ...said, purpose: 'note' }).saved);
    expect(await everythingStored()).not.toContain('MARKED');
    const { consents, conversation } = await household(phone.store);
    expect(conversation?.noted).toBe(true);
    expect(consents.find(({ purpose }) => purpose === 'health')?.withdrawn_at).not.toBeNull();
  });
});
