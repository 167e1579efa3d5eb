/** What goes when something is taken back: worked out here, compared with what is left anywhere. */
import type { Id, Mutation } from '../../src/sync/wire';

const HEALTH = 'health_and_care';
/** What rests on a yes to note, by the beginning of its kind. */
const NOTED = /^(note|goal|step|handover)\./;
/** That a talk was held, and what they agreed to, rests on nothing. */
const OF_HOUSEHOLDS =
  /^(note|goal|step|handover|domain|advice|plan|aftercare|debt_help|difference)\./;

/** What a mutation names so, if it does. */
export function named(mutation: Mutation, name: string): string | undefined {
  return (mutation.body as Record<string, unknown>)[name] as string | undefined;
}

/** Is it about health: said to be, or of a note that was? */
export function aboutHealth(known: readonly Mutation[]): (mutation: Mutation) => boolean {
  const notes = new Set(
    known.flatMap((one) => (named(one, 'domain') === HEALTH ? [named(one, 'note_id')] : [])),
  );
  return (mutation) => {
    if (named(mutation, 'domain') === HEALTH) return true;
    const note = named(mutation, 'note_id');
    return note !== undefined && notes.has(note);
  };
}

/** Which of what was heard falls with a purpose; its words may be nowhere any more. */
export function fallsWith(
  purpose: string,
  heard: readonly Mutation[],
): (mutation: Mutation) => boolean {
  if (purpose === 'note') return ({ kind }) => NOTED.test(kind);
  if (purpose === 'contact') return ({ kind }) => kind === 'contact.set';
  return purpose === 'health' ? aboutHealth(heard) : () => false;
}

/** The consents that it rests on; without any of them it may be nowhere. */
export function restsOn(mutation: Mutation, known: readonly Mutation[]): ReadonlySet<string> {
  const { kind } = mutation;
  // What waits for a person goes with the yes to note, whatever else it rests on.
  if (kind === 'contact.set') return new Set(['contact', 'note']);
  if (kind.startsWith('handover.')) return new Set(['share', 'note']);
  if (!OF_HOUSEHOLDS.test(kind)) return new Set();
  // A step may wait for a goal that nobody knows any more: that may have been about health.
  const health = kind.startsWith('step.') || aboutHealth(known)(mutation);
  return new Set(health ? ['note', 'health'] : ['note']);
}

const TAKES_OUT: Readonly<Record<string, string>> = {
  'note.remove': 'note_id',
  'goal.remove': 'goal_id',
  'step.remove': 'step_id',
  'debt_help.drop': 'conversation_id',
};

/** Was this thing taken out by that other one? */
export function takenOutBy(mutation: Mutation, other: Mutation): boolean {
  const name = TAKES_OUT[other.kind];
  if (name === undefined || other.dossier_id !== mutation.dossier_id) return false;
  if (name === 'conversation_id' && mutation.kind !== 'debt_help.ask') return false;
  return named(mutation, name) === named(other, name);
}

/** A mutation, where it was said and in which order; `heard`: since when the server knows it. */
export interface Word {
  readonly mutation: Mutation;
  readonly device: Id;
  readonly account: Id;
  readonly at: number;
  readonly heard: number | null;
}

/** That a household took something back, or said no. */
interface TakenBack {
  readonly word: Word;
  readonly purpose: string;
}

/** What a mutation takes back of its household, if it does; `words` has the yes. */
function takenBackBy(word: Word, words: readonly Word[]): TakenBack[] {
  const { mutation } = word;
  if (mutation.kind === 'consent.record') {
    return mutation.body.given ? [] : [{ word, purpose: mutation.body.purpose }];
  }
  if (mutation.kind !== 'consent.withdraw') return [];
  const asked = words.find(
    ({ mutation: { kind, body } }) =>
      kind === 'consent.record' && body.consent_id === mutation.body.consent_id,
  );
  return asked?.mutation.kind === 'consent.record'
    ? [{ word, purpose: asked.mutation.body.purpose }]
    : [];
}

/** Things that words may be about: who speaks of one again rests on how it began. */
const THINGS = ['note_id', 'goal_id', 'step_id', 'aftercare_id', 'handover_id'] as const;

function isAboutSame(one: Mutation, other: Mutation): boolean {
  return THINGS.some((name) => {
    const thing = named(one, name);
    return thing !== undefined && thing === named(other, name);
  });
}

/** What the phones of a run said of one household, and which of it may be gone. */
export class SaidOf {
  readonly #words: readonly Word[];
  readonly #known: readonly Mutation[];
  readonly #ends: readonly TakenBack[];

  constructor(words: readonly Word[]) {
    this.#words = words;
    this.#known = words.map(({ mutation }) => mutation);
    this.#ends = words.flatMap((word) => takenBackBy(word, words));
  }

  /** May its words be nowhere? Not those that were said under a yes that came after every no. */
  mayBeGone(word: Word): boolean {
    const rests = restsOn(word.mutation, this.#known);
    const ends = this.#ends.filter(({ purpose }) => rests.has(purpose));
    return this.#began(word).some((one) => ends.some((end) => !this.#isAnew(one, end)));
  }

  /**
   * May the phone keep no copy of it for the server? A copy does not say which life domain it is
   * about: with health go the words about all.
   */
  mayHaveNoCopy(word: Word): boolean {
    const health = this.#ends.filter(({ purpose }) => purpose === 'health');
    const has = restsOn(word.mutation, this.#known).size > 0;
    return this.mayBeGone(word) || (has && health.some((end) => !this.#isAnew(word, end)));
  }

  /** This, and all that was said before of the same thing. */
  #began(word: Word): readonly Word[] {
    const about = this.#words.filter(
      ({ mutation, at }) => at < word.at && isAboutSame(mutation, word.mutation),
    );
    return [...about, word];
  }

  /** Was it said under a yes that they gave, to the same person, after this no? */
  #isAnew(word: Word, end: TakenBack): boolean {
    // Who wants no notes wants none about health.
    const both = end.purpose === 'note' && aboutHealth(this.#known)(word.mutation);
    const asked = both ? ['note', 'health'] : [end.purpose];
    return asked.every((purpose) =>
      this.#words.some((yes) => {
        const { mutation, device, account, at } = yes;
        if (mutation.kind !== 'consent.record' || !mutation.body.given) return false;
        if (mutation.body.purpose !== purpose || account !== end.word.account) return false;
        if (device !== word.device || at >= word.at) return false;
        // The server carried out the no before it could hear of this yes.
        return end.word.device === device
          ? end.word.at < at
          : end.word.heard !== null && end.word.heard < at;
      }),
    );
  }
}
