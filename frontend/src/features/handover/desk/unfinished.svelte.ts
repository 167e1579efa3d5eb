/**
 * Answers that a coach began and did not send, per hand-over: opening another dossier and coming
 * back loses no word. In memory only, as long as this tab lives and the same person works in it.
 */
import { currentAccount } from '../../../session/session.svelte';
import type { Ending, Refusal } from './requests';

export type Doing = 'refuse' | 'ask' | 'close';

export class Unfinished {
  /** The form that was open. */
  doing: Doing | null = $state(null);
  question = $state('');
  reason: Refusal | '' = $state('');
  refusal = $state('');
  outcome: Ending | '' = $state('');
  ending = $state('');
  feedback = $state('');
}

const kept = new Map<string, Unfinished>();
let owner: string | null = null;

/** What was begun for this hand-over; nothing of another person's. */
export function unfinishedOf(handoverId: string): Unfinished {
  const account = currentAccount()?.id ?? null;
  if (account !== owner) kept.clear();
  owner = account;
  const found = kept.get(handoverId) ?? new Unfinished();
  kept.set(handoverId, found);
  return found;
}

/** It was sent, or there is nothing left to answer. */
export function forgetUnfinished(handoverId: string): void {
  kept.delete(handoverId);
}
