/**
 * What arrived at the server, kept for fourteen days in a box that the server alone opens: a server
 * that was put back to an older day gets it again. The phone knows which box is about what, so that
 * what is thrown away takes its boxes along.
 */
import type { Id, Instant } from './dossiers';
import type { Mutation, MutationKind } from './mutations';
import type { OutboxEntry } from './types';

export interface Copy {
  /** The mutation's. */
  readonly id: Id;
  readonly dossier_id: Id;
  readonly kind: MutationKind;
  /** Order of making on this phone. */
  readonly seq: number;
  /** Every id that its body names. */
  readonly about: readonly string[];
  readonly kept_at: Instant;
}

/** A copy with its box, in base64. */
export interface CopyBox {
  readonly id: Id;
  readonly box: string;
}

const DAY = 86_400_000;
export const KEPT_FOR = 14 * DAY;

/** That a talk was held and what they agreed to: no words, and what all else rests on. */
const WORDLESS: readonly MutationKind[] = [
  'conversation.open',
  'consent.record',
  'consent.withdraw',
  'dossier.discard',
];

export function copyOf({ seq, mutation }: OutboxEntry, keptAt: Instant): Copy {
  const { id, dossier_id, kind, body } = mutation;
  const about = Object.entries(body).flatMap(([name, value]) =>
    name.endsWith('_id') && typeof value === 'string' ? [value] : [],
  );
  return { id, dossier_id, kind, seq, about, kept_at: keptAt };
}

/** Copies that may no longer exist once this is said: rather one too many than words that stay. */
export function takenBy({ kind, dossier_id, body }: Mutation, copies: readonly Copy[]): Copy[] {
  const here = copies.filter((copy) => copy.dossier_id === dossier_id);
  switch (kind) {
    case 'dossier.discard':
      return here;
    case 'note.remove':
      return here.filter(({ about }) => about.includes(body.note_id));
    case 'goal.remove':
      return here.filter(({ about }) => about.includes(body.goal_id));
    case 'step.remove':
      return here.filter(({ about }) => about.includes(body.step_id));
    case 'debt_help.drop':
      return here.filter((copy) => copy.kind === 'debt_help.ask');
    case 'consent.withdraw':
      return here.filter((copy) => !WORDLESS.includes(copy.kind));
    case 'consent.record':
      return body.given ? [] : here.filter((copy) => !WORDLESS.includes(copy.kind));
    default:
      return [];
  }
}

/** Copies that were kept long enough. */
export function pastTerm(copies: readonly Copy[], now: Date): Copy[] {
  return copies.filter(({ kept_at }) => now.getTime() - Date.parse(kept_at) > KEPT_FOR);
}
