/** What happens in a talk. Every act answers `ok` once it is on the phone's disk. */
import { today } from '../../lib/dates';
import { change, newEntry, record, say, type Saved } from '../../sync/record';
import type { Answer, Contact, Id, RoundBody, Shown } from '../../sync/wire';
import { visitDraft } from '../visits/acts';
import type { Talk } from './talk';

export { recordConsent, type ConsentGiven } from './consents';
export { talkOf, type Talk } from './talk';

/**
 * Begin the talk at this stop, with the ids the stop reserved, and record the door's outcome in
 * the same transaction. `noted` false is "gesprek zonder notities".
 */
export function openConversation(
  stop: Shown<'stop'>,
  round: Pick<RoundBody, 'campaign'>,
  noted: boolean,
): Promise<Saved> {
  const { household_id, conversation_id } = stop.body.reserved;
  const { guide_id, consent_text_id } = round.campaign;
  const opened = newEntry({
    kind: 'conversation.open',
    dossier_id: household_id,
    body: {
      conversation_id,
      stop_id: stop.id,
      guide_id,
      consent_text_id,
      noted,
      date: today(),
    },
  });
  const outcome = noted ? 'conversation' : 'conversation_without_notes';
  const visited = newEntry(visitDraft(stop, outcome));
  return change(({ entries }) => [
    { do: 'queue', entry: opened },
    ...say<'visit.record'>(
      entries,
      visited,
      ({ kind, dossier_id }) => kind === 'visit.record' && dossier_id === stop.id,
    ),
  ]);
}

/** How to reach the household later; needs consent `contact`. */
export function setContact(householdId: Id, contact: Contact): Promise<Saved> {
  const entry = newEntry({ kind: 'contact.set', dossier_id: householdId, body: contact });
  return change(({ entries }) =>
    say<'contact.set'>(
      entries,
      entry,
      ({ kind, dossier_id }) => kind === 'contact.set' && dossier_id === householdId,
    ),
  );
}

/** One of the five answers; `shown` is the answer on screen, null where there was none. */
export function assess(
  talk: Talk,
  domain: string,
  answer: Answer,
  shown: Answer | null,
): Promise<Saved> {
  const body = { conversation_id: talk.conversationId, domain, answer, from: shown };
  const entry = newEntry({ kind: 'domain.assess', dossier_id: talk.householdId, body });
  return change(({ entries }) =>
    say<'domain.assess'>(
      entries,
      entry,
      (one) =>
        one.kind === 'domain.assess' &&
        one.dossier_id === talk.householdId &&
        one.body.domain === domain,
      (said) => said.answer === said.from,
    ),
  );
}

/** An advice of the guide was given, or not after all. */
export function setAdvice(talk: Talk, domain: string, key: string, on: boolean): Promise<Saved> {
  const body = { conversation_id: talk.conversationId, domain, key, on };
  const entry = newEntry({ kind: 'advice.set', dossier_id: talk.householdId, body });
  return change(({ entries }) =>
    say<'advice.set'>(
      entries,
      entry,
      (one) =>
        one.kind === 'advice.set' && one.dossier_id === talk.householdId && one.body.key === key,
    ),
  );
}

/** "Vraagt om schuldhulp": passed on today with consent, or they call themselves. */
export function askDebtHelp(
  talk: Talk,
  { passOn, crisis, askedOn = today() }: { passOn: boolean; crisis: boolean; askedOn?: string },
): Promise<Saved> {
  const conversation_id = talk.conversationId;
  const body = { conversation_id, asked_on: askedOn, pass_on: passOn, crisis };
  const entry = newEntry({ kind: 'debt_help.ask', dossier_id: talk.householdId, body });
  return change(({ entries }) =>
    say<'debt_help.ask'>(
      entries,
      entry,
      ({ kind, dossier_id }) => kind.startsWith('debt_help.') && dossier_id === talk.householdId,
    ),
  );
}

/** The talk is over; the plan and the aftercare go on. */
export function closeConversation(talk: Talk): Promise<Saved> {
  const { householdId, conversationId } = talk;
  const body = { conversation_id: conversationId };
  return record({ kind: 'conversation.close', dossier_id: householdId, body });
}
