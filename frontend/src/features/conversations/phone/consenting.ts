/** Saying yes or no to a purpose, as the screens do it. */
import type { Id, Purpose } from '../../../store/dossiers';
import type { Saved } from '../../../sync/record';
import { err } from '../../../lib/result';
import { recordOutcome } from '../../visits/acts';
import { openConversation, recordConsent } from '../acts';
import type { TalkPlace } from './place.svelte';
import { readingLanguage } from './reading.svelte';

const gone: Saved = err({ kind: 'closed' });

/**
 * "Ja, opschrijven mag": the talk begins and the consent is kept. Until then nothing was stored.
 * A talk that stands already, and was not or no longer noted, goes on with this yes.
 */
export async function beginNoting(place: TalkPlace): Promise<Saved> {
  const { stop, round, householdId, consentTextId } = place;
  if (stop === null || round === null || householdId === null || consentTextId === null) {
    return place.talk === null ? gone : answerPurpose(place, 'note', true).saved;
  }
  const opened = await openConversation(stop, round, true);
  if (!opened.ok) return opened;
  const talk = { householdId, conversationId: stop.body.reserved.conversation_id };
  const language = readingLanguage();
  return recordConsent(talk, { purpose: 'note', given: true, consentTextId, language }).saved;
}

/** "Liever zonder notities": only the door's outcome is kept, nothing about anybody. */
export function talkWithoutNotes({ stop }: TalkPlace): Promise<Saved> {
  if (stop === null) return Promise.resolve(gone);
  return recordOutcome(stop, 'conversation_without_notes');
}

/** What they said to a purpose that is asked later in the talk. */
export function answerPurpose(
  { talk, consentTextId }: Pick<TalkPlace, 'talk' | 'consentTextId'>,
  purpose: Purpose,
  given: boolean,
  teamId: Id | null = null,
): { consentId: Id; saved: Promise<Saved> } {
  if (talk === null || consentTextId === null) {
    return { consentId: '', saved: Promise.resolve(gone) };
  }
  const language = readingLanguage();
  return recordConsent(talk, { purpose, given, consentTextId, language, teamId });
}
