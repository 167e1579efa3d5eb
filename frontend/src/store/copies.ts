/**
 * What arrived at the server, kept for fourteen days in a box that the server alone opens: a server
 * that was put back to an older day gets it again. The phone knows which box is about what, so that
 * what is thrown away takes its boxes along.
 */
import type { Id, Instant } from './dossiers';
import type { Mutation, MutationKind } from './mutations';

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

/** The copy of the mutation that was the `seq`th of this phone. */
export function copyOf(
  { id, dossier_id, kind, body }: Mutation,
  seq: number,
  keptAt: Instant,
): Copy {
  const about = Object.entries(body).flatMap(([name, value]) =>
    name.endsWith('_id') && typeof value === 'string' ? [value] : [],
  );
  return { id, dossier_id, kind, seq, about, kept_at: keptAt };
}

/** Does it hold what somebody said? */
export const hasWords = ({ kind }: Pick<Copy, 'kind'>): boolean => !WORDLESS.includes(kind);

/** Copies that were kept long enough. */
export function pastTerm(copies: readonly Copy[], now: Date): Copy[] {
  // One of far in the future was kept by a clock that was wrong: it would stay for years.
  return copies.filter(({ kept_at }) => Math.abs(now.getTime() - Date.parse(kept_at)) > KEPT_FOR);
}
