/** What waits on this phone, grouped by door and kind: never what was typed. Pure. */
import type { Id, Instant } from '../../../store/dossiers';
import type { MutationKind } from '../../../store/mutations';
import type { OutboxLine } from '../../../store/live.svelte';

/** How a kind of work is called in the outbox; several mutations make one line. */
export type WorkWord =
  | 'door'
  | 'round'
  | 'out'
  | 'help'
  | 'talk'
  | 'plan'
  | 'aftercare'
  | 'handover'
  | 'settled'
  | 'discard'
  | 'voucher';

const WORDS: Partial<Record<MutationKind, WorkWord>> = {
  'visit.record': 'door',
  'door.notice': 'door',
  'door.split': 'door',
  'door.leave': 'door',
  'round.close': 'round',
  'round.start': 'out',
  'round.extend': 'out',
  'round.finish': 'out',
  'round.take_back': 'out',
  'help.call': 'help',
  'help.withdraw': 'help',
  'conversation.open': 'talk',
  'consent.record': 'talk',
  'consent.withdraw': 'talk',
  'contact.set': 'talk',
  'domain.assess': 'talk',
  'note.add': 'talk',
  'note.amend': 'talk',
  'note.remove': 'talk',
  'advice.set': 'talk',
  'debt_help.ask': 'talk',
  'debt_help.drop': 'talk',
  'conversation.close': 'talk',
  'goal.set': 'plan',
  'goal.remove': 'plan',
  'step.set': 'plan',
  'step.remove': 'plan',
  'step.set_status': 'plan',
  'plan.print': 'plan',
  'aftercare.plan': 'aftercare',
  'aftercare.record': 'aftercare',
  'handover.offer': 'handover',
  'handover.answer': 'handover',
  'handover.withdraw': 'handover',
  'difference.settle': 'settled',
  'dossier.discard': 'discard',
  'voucher.give': 'voucher',
  'voucher.take_back': 'voucher',
};

export interface WaitingGroup {
  readonly key: string;
  readonly dossierId: Id;
  readonly word: WorkWord;
  readonly count: number;
  readonly since: Instant;
}

/**
 * Groups in order of making. What a volunteer says about themselves (`debrief.record`, a heavy talk,
 * an incident) has no word and is left out, as concerns are: they only count.
 */
export function groupWaiting(lines: readonly OutboxLine[]): WaitingGroup[] {
  const groups = new Map<string, WaitingGroup>();
  for (const { dossier_id, kind, made_at } of lines) {
    const word = WORDS[kind];
    if (word === undefined) continue;
    const key = `${dossier_id} ${word}`;
    const before = groups.get(key);
    const count = (before?.count ?? 0) + 1;
    groups.set(key, { key, dossierId: dossier_id, word, count, since: before?.since ?? made_at });
  }
  return [...groups.values()];
}

/** How many things wait that no group names. */
export function unnamed(total: number, groups: readonly WaitingGroup[]): number {
  return Math.max(0, total - groups.reduce((sum, { count }) => sum + count, 0));
}

/** The word for one kind of work, or null where it is not named. */
export function wordOf(kind: MutationKind): WorkWord | null {
  return WORDS[kind] ?? null;
}
