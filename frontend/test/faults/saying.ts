/**
 * What a phone writes in the storm, by the app's own acts and words, and what must stand in the end.
 * It walks its own doors, so that nothing it says may ever meet a difference.
 */
import { raiseConcern } from '../../src/features/concerns/acts';
import { openConversation, recordConsent } from '../../src/features/conversations/acts';
import { ports } from '../../src/lib/ports';
import type { Draft } from '../../src/store/mutations';
import type { Store } from '../../src/store/types';
import { record } from '../../src/sync/record';
import type {
  Answer,
  DossierBodies,
  DossierKind,
  Id,
  Outcome,
  RoundBody,
  StopBody,
} from '../../src/sync/wire';
import { Dice } from '../model/dice';
import { must } from '../phone';

const NOTICES = ['dog', 'bell_broken', 'stairs'] as const;
const OUTCOMES: readonly Outcome[] = ['not_home', 'leaflet', 'no_access', 'spoke_briefly', 'empty'];
const ANSWERS: readonly Answer[] = ['goes_well', 'could_be_better', 'help_wanted'];
const DOMAIN = 'money_and_schemes';
const TALKS = 2;
/** A household of hundreds of notes is nobody's. */
const MOST_NOTES = 40;

interface Talk {
  readonly householdId: Id;
  readonly conversationId: Id;
  answer: Answer | null;
  notes: number;
}

interface Door {
  readonly id: Id;
  readonly body: StopBody;
  outcome: Outcome | '';
  readonly notices: Map<string, boolean>;
}

/** What the database must show when all is at rest. */
export interface Said {
  readonly doors: Record<Id, { outcome: string; notices: string[] }>;
  readonly answers: Record<Id, string>;
  /** Texts of notes and of worries, each written once. */
  readonly marks: string[];
}

type Held<K extends DossierKind> = { readonly id: Id; readonly body: DossierBodies[K] };

async function held<K extends DossierKind>(store: Store, kind: K): Promise<Held<K>[]> {
  return (await must(store.dossiersOf(kind))) as unknown as Held<K>[];
}

export class Volunteer {
  readonly #dice: Dice;
  readonly #name: string;
  readonly #doors: Door[];
  readonly #talks: Talk[] = [];
  readonly #marks: string[] = [];

  private constructor(name: string, seed: number, doors: Door[]) {
    this.#name = name;
    this.#dice = new Dice(seed);
    this.#doors = doors;
  }

  /** `share`: which of the pair this is, 0 or 1; each takes every other door of the round. */
  static async at(store: Store, name: string, seed: number, share: number): Promise<Volunteer> {
    const stops = await held(store, 'stop');
    const own = stops
      .filter(({ body }) => body.position % 2 === share)
      .sort((one, other) => one.body.position - other.body.position)
      .map(({ id, body }): Door => ({ id, body, outcome: '', notices: new Map() }));
    const [round] = await held(store, 'round');
    const volunteer = new Volunteer(name, seed, own);
    for (const door of own.slice(0, TALKS)) await volunteer.#talk(door, round!.body);
    return volunteer;
  }

  async #talk(door: Door, round: RoundBody): Promise<void> {
    const { household_id: householdId, conversation_id: conversationId } = door.body.reserved;
    await must(openConversation({ id: door.id, body: door.body }, round, true));
    const consentTextId = round.campaign.consent_text_id;
    const note = { purpose: 'note', given: true, consentTextId, language: 'nl' } as const;
    await must(recordConsent({ householdId, conversationId }, note).saved);
    door.outcome = 'conversation';
    this.#talks.push({ householdId, conversationId, answer: null, notes: 0 });
  }

  #mark(): string {
    const mark = `${this.#name}-${String(this.#marks.length)}.`;
    this.#marks.push(mark);
    return mark;
  }

  /** One moment of work, saved on the phone when it returns. */
  async act(): Promise<void> {
    const what = this.#dice.weighed({ doors: 70, notes: 18, answer: 9, worry: 3 });
    if (what === 'worry') await must(raiseConcern(`Zorg ${this.#mark()}`));
    else if (what === 'doors') await this.#save(this.#atDoors());
    else await this.#save(what === 'notes' ? this.#notes() : this.#answers());
  }

  async #save(drafts: Draft[]): Promise<void> {
    if (drafts.length > 0) await must(record(...drafts));
  }

  #atDoors(): Draft[] {
    return Array.from({ length: 12 }, () => {
      const door = this.#dice.of(this.#doors)!;
      return door.outcome === 'conversation' || this.#dice.chance(80)
        ? this.#notice(door)
        : this.#visit(door);
    });
  }

  #notice(door: Door): Draft {
    const notice = this.#dice.of(NOTICES)!;
    const on = door.notices.get(notice) !== true;
    door.notices.set(notice, on);
    return { kind: 'door.notice', dossier_id: door.id, body: { notice, on } };
  }

  #visit(door: Door): Draft {
    const from = door.outcome;
    const outcome = this.#dice.of(OUTCOMES.filter((one) => one !== from))!;
    door.outcome = outcome;
    const date = ports.clock.now().toISOString().slice(0, 10);
    return {
      kind: 'visit.record',
      dossier_id: door.id,
      body: { outcome, from, details: {}, date, day_part: 'afternoon' },
    };
  }

  #notes(): Draft[] {
    const talk = this.#dice.of(this.#talks.filter(({ notes }) => notes < MOST_NOTES));
    if (talk === undefined) return [];
    return Array.from({ length: 4 }, (): Draft => {
      talk.notes += 1;
      return {
        kind: 'note.add',
        dossier_id: talk.householdId,
        body: {
          note_id: ports.random.uuid(),
          conversation_id: talk.conversationId,
          domain: DOMAIN,
          position: talk.notes,
          text: `De huur staat open ${this.#mark()}`,
        },
      };
    });
  }

  #answers(): Draft[] {
    const talk = this.#dice.of(this.#talks)!;
    return Array.from({ length: 3 }, (): Draft => {
      const from = talk.answer;
      const answer = this.#dice.of(ANSWERS.filter((one) => one !== from))!;
      talk.answer = answer;
      const { householdId: dossier_id, conversationId: conversation_id } = talk;
      return {
        kind: 'domain.assess',
        dossier_id,
        body: { conversation_id, domain: DOMAIN, answer, from },
      };
    });
  }

  /** Everything it said, as it must stand. */
  said(): Said {
    const doors = this.#doors.map(({ id, outcome, notices }): [Id, Said['doors'][Id]] => [
      id,
      { outcome, notices: [...notices].flatMap(([name, on]) => (on ? [name] : [])).sort() },
    ]);
    const answers = this.#talks.flatMap(({ conversationId, answer }): [Id, string][] =>
      answer === null ? [] : [[conversationId, answer]],
    );
    return {
      doors: Object.fromEntries(doors),
      answers: Object.fromEntries(answers),
      marks: [...this.#marks],
    };
  }
}
