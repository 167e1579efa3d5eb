/** What a talk's screens decide from what is known. Pure, so that the rules read in one place. */
import type {
  Answer,
  Consent,
  GuideContent,
  GuideDomain,
  HouseholdBody,
  Id,
  Note,
  Purpose,
  StopBody,
} from '../../../store/dossiers';

type Asked = Pick<Consent, 'purpose' | 'team_id' | 'made_at' | 'given' | 'withdrawn_at'>;

function isYes({ given, withdrawn_at }: Asked): boolean {
  return given && withdrawn_at === null;
}

/**
 * The answer that stands for one purpose (and one receiver): the last one given. Of two in the same
 * second the protective one, a no, counts. Undefined: never asked.
 */
export function standing<C extends Asked>(
  consents: readonly C[],
  purpose: Purpose,
  teamId: Id | null = null,
): C | undefined {
  return consents
    .filter((consent) => consent.purpose === purpose && consent.team_id === teamId)
    .sort(
      (a, b) =>
        (a.withdrawn_at ?? a.made_at).localeCompare(b.withdrawn_at ?? b.made_at) ||
        Number(isYes(b)) - Number(isYes(a)),
    )
    .at(-1);
}

/** Did they say yes to this, and is it still so? */
export function agreed(
  consents: readonly Asked[],
  purpose: Purpose,
  teamId: Id | null = null,
): boolean {
  const consent = standing(consents, purpose, teamId);
  return consent !== undefined && isYes(consent);
}

/** `asking`: nothing was said about notes yet; `reading`: the cards without anything to fill in. */
export type TalkMode = 'asking' | 'noting' | 'reading';

export function talkMode(
  household: Pick<HouseholdBody, 'conversation' | 'consents'> | null,
  stop: Pick<StopBody, 'attempt'> | null,
): TalkMode {
  const note = household && standing(household.consents, 'note');
  if (note) return isYes(note) && household.conversation !== null ? 'noting' : 'reading';
  return stop?.attempt?.outcome === 'conversation_without_notes' ? 'reading' : 'asking';
}

/** One of the five answers, something begun without an answer, or nothing yet. */
export type DomainState = Answer | 'begun' | 'untouched';

/** Shapes stand beside the words: state is never said by colour alone. */
export const SHAPES: Readonly<Record<DomainState, string>> = {
  help_wanted: '▣',
  goes_well: '▢',
  could_be_better: '◪',
  not_discussed: '–',
  does_not_want: '×',
  begun: '½ ✎',
  untouched: '–',
};

export function domainState(
  household: Pick<HouseholdBody, 'assessments' | 'notes' | 'advices'> | null,
  domain: string,
): DomainState {
  if (household === null) return 'untouched';
  const answer = household.assessments[domain];
  if (answer !== undefined) return answer;
  const noted = notesOf(household.notes, domain).length > 0;
  const advised = household.advices.some((advice) => advice.domain === domain);
  return noted || advised ? 'begun' : 'untouched';
}

/** The notes of a domain that hold words, in order of writing. */
export function notesOf(notes: readonly Note[], domain: string): Note[] {
  return notes.filter((note) => note.domain === domain && note.text.trim() !== '');
}

/** The place after all notes of this domain, empty ones included. */
export function nextPosition(items: readonly { position: number }[]): number {
  return Math.max(-1, ...items.map(({ position }) => position)) + 1;
}

export interface Neighbours {
  readonly card: GuideDomain | null;
  readonly before: GuideDomain | null;
  readonly after: GuideDomain | null;
}

/** A card of the guide with the ones beside it. */
export function neighbours(guide: GuideContent | null, domain: string): Neighbours {
  const index = guide?.domains.findIndex(({ key }) => key === domain) ?? -1;
  const card = guide?.domains[index];
  if (!guide || !card) return { card: null, before: null, after: null };
  return {
    card,
    before: guide.domains[index - 1] ?? null,
    after: guide.domains[index + 1] ?? null,
  };
}
