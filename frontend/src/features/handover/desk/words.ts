/** How a dossier reads: the door, names of life domains and advices, who does a step. */
import { hasText, t } from '../../../lib/i18n.svelte';
import type { DebtRequest } from './debts';
import type { SharedStep, Urgency, Waiting } from './requests';

/** Titles of advices by key, in the language of the screen. */
export type GuideTitles = ReadonlyMap<string, string>;

/** The text for `<prefix>.<word>`; a word we do not know is shown as it is, readable. */
export function wordFor(prefix: string, word: string): string {
  const key = `${prefix}.${word}`;
  return hasText(key) ? t(key) : word.replaceAll('_', ' ');
}

/** How urgent it is, all said: a crisis in the request for debt help makes it one. */
export function pressing({ urgency, crisis }: Pick<Waiting, 'urgency' | 'crisis'>): Urgency {
  return crisis ? 'crisis' : urgency;
}

/** The door, as long as it is shared; else the words that say why there is none. */
export function placeWords(
  address: Waiting['address'],
  otherwise = 'desk_handover.no_address',
): string {
  return address === null ? t(otherwise) : `${address.street} ${address.number}`;
}

/** Who sees to a request for debt help, or how it ended. */
export function standing({ taken_by: name, ending }: DebtRequest): string {
  if (ending !== '') return t(`desk_debts.ending.${ending}`);
  return name === null ? t('desk_debts.waits') : t('desk_handover.with', { name });
}

/** "bewoner", "vrijwilliger" or the name that was given. */
export function whoDoes(step: SharedStep): string {
  if (step.who === 'someone' && step.who_name !== '') return step.who_name;
  return wordFor('desk_handover.who', step.who);
}
