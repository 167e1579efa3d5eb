/**
 * What must be true, kept beside the run: what every phone called saved, what the line carried,
 * what was thrown away, and who may read what. It looks at requests and answers, never at code.
 */
import type { OutboxEntry } from '../../src/store/types';
import type { Id, Mutation, OutcomeLine, SyncAnswer, SyncRequest } from '../../src/sync/wire';
import { Registers } from './registers';

const MARK = /merk-\d+/g;
const EFFECTS: readonly string[] = ['applied', 'already_applied', 'merged', 'conflicted'];

export function marksIn(value: unknown): string[] {
  return JSON.stringify(value).match(MARK) ?? [];
}

interface Said {
  readonly mutation: Mutation;
  readonly outcome: string;
}

export class Oracle {
  /** What is wrong, in words. Empty is good. */
  readonly faults: string[] = [];
  /** Called saved on some phone, and not taken back there by its own user. */
  readonly owed = new Map<Id, Mutation>();
  readonly registers = new Registers();
  /** Marks that nobody may keep any more. */
  readonly dead = new Set<string>();
  /** The mutations they were in. */
  readonly deadWords = new Set<Id>();
  /** Households of which something was taken back: what else of them is gone is not worked out. */
  readonly takenBack = new Set<Id>();
  /** Thrown away whole: a phone that hears it drops what it had not sent, without an outcome. */
  readonly gone = new Set<Id>();
  readonly revoked = new Set<Id>();
  /** Whose talk a household is. */
  readonly recorders = new Map<Id, Id>();
  readonly #said = new Map<Id, Said>();
  readonly #households = new Map<string, Id>();

  /** An act, or a start of the app: what its user took out of the queue is no longer owed. */
  acted(before: readonly OutboxEntry[], after: readonly OutboxEntry[]): void {
    const left = new Set(after.map(({ mutation }) => mutation.id));
    for (const { mutation } of before) if (!left.has(mutation.id)) this.owed.delete(mutation.id);
    for (const { mutation, state } of after) {
      if (state !== 'waiting') continue;
      this.owed.set(mutation.id, mutation);
      for (const mark of marksIn(mutation.body)) this.#households.set(mark, mutation.dossier_id);
    }
  }

  /** A sync that the server answered, whether or not the answer arrives. */
  heard(account: Id, request: SyncRequest, answer: SyncAnswer): void {
    if (this.revoked.has(request.device_id)) this.faults.push('a lost phone was answered');
    const told = new Map(answer.outcomes.map((line) => [line.id, line]));
    // Before it knows what the phone holds and had brought, the server applies nothing at all.
    const asked = request.holdings !== undefined || request.copies !== undefined;
    if (answer.need_holdings && !asked && told.size === 0) return;
    for (const mutation of request.mutations) {
      const line = told.get(mutation.id);
      if (line === undefined) this.faults.push(`no outcome for ${mutation.id}`);
      else this.#outcome(account, mutation, line);
    }
    for (const dossier of answer.dossiers) this.#mayRead(account, dossier.id, dossier.body);
  }

  #outcome(account: Id, mutation: Mutation, { outcome }: OutcomeLine): void {
    const before = this.#said.get(mutation.id);
    if (before !== undefined) {
      const again = this.#again(before);
      if (outcome !== again) this.faults.push(`${mutation.kind}: ${again} became ${outcome}`);
      return;
    }
    if (outcome === 'refused') this.faults.push(`${mutation.kind} was refused`);
    if (outcome === 'already_applied') this.faults.push(`${mutation.kind} came before`);
    this.#said.set(mutation.id, { mutation, outcome });
    if (outcome === 'erased') this.#bury(marksIn(mutation.body));
    if (!EFFECTS.includes(outcome)) return;
    const expected = this.registers.apply(mutation);
    if (expected !== null && !(expected as string[]).includes(outcome)) {
      this.faults.push(`${mutation.kind}: ${outcome} instead of ${expected.join(' or ')}`);
    }
    this.#takeBack(account, mutation, outcome);
  }

  /** What must be told of something that came before. */
  #again({ mutation: { kind, dossier_id }, outcome }: Said): string {
    if (this.gone.has(dossier_id) && kind !== 'dossier.discard') return 'erased';
    return outcome === 'applied' ? 'already_applied' : outcome;
  }

  #takeBack(account: Id, mutation: Mutation, outcome: string): void {
    const { dossier_id: household, kind } = mutation;
    if (kind === 'conversation.open' && outcome === 'applied') {
      this.recorders.set(household, account);
    } else if (kind === 'dossier.discard') {
      this.erased(household);
    } else if (kind === 'note.remove') {
      this.#takeOut(mutation.body.note_id);
    } else if (kind === 'consent.record' && !mutation.body.given) {
      this.#tookBack(household);
    } else if (kind === 'consent.withdraw') {
      this.#tookBack(household);
      this.#withdrawn(household, mutation.body.consent_id, outcome);
    }
  }

  /** Also what the line never carried openly: a lost phone hands over in sealed boxes. */
  #takeOut(note: Id): void {
    const about = ({ body }: Mutation): boolean => 'note_id' in body && body.note_id === note;
    this.#buryWhere(about);
    for (const mutation of [...this.owed.values()].filter(about)) {
      this.#bury(marksIn(mutation.body));
    }
  }

  #withdrawn(household: Id, consent: Id, outcome: string): void {
    const asked = [...this.#said.values()].find(
      ({ mutation }) => mutation.kind === 'consent.record' && mutation.body.consent_id === consent,
    );
    if (outcome !== 'applied' || !asked || !EFFECTS.includes(asked.outcome)) return;
    const { body } = asked.mutation;
    const falls = 'purpose' in body && body.purpose === 'contact' ? 'contact' : '(note|goal|step)';
    const fallen = new RegExp(`^${falls}\\.`);
    this.#buryWhere(({ dossier_id, kind }) => dossier_id === household && fallen.test(kind));
  }

  #tookBack(household: Id): void {
    this.takenBack.add(household);
    this.registers.forget(household);
  }

  /** Thrown away whole: nothing that was ever said of it may be anywhere. */
  erased(household: Id): void {
    this.gone.add(household);
    this.#tookBack(household);
    this.#buryWhere(({ dossier_id }) => dossier_id === household);
    this.#bury([...this.#households].flatMap(([mark, id]) => (id === household ? [mark] : [])));
  }

  #buryWhere(is: (mutation: Mutation) => boolean): void {
    const heard = [...this.#said.values()].map(({ mutation }) => mutation);
    for (const mutation of heard.filter(is)) {
      const marks = marksIn(mutation.body);
      this.#bury(marks);
      if (marks.length > 0) this.deadWords.add(mutation.id);
    }
  }

  #bury(marks: readonly string[]): void {
    for (const mark of marks) this.dead.add(mark);
  }

  #mayRead(account: Id, dossier: Id, body: unknown): void {
    for (const mark of marksIn(body)) {
      if (this.dead.has(mark)) this.faults.push(`${mark} was thrown away and came back`);
      if (this.recorders.get(dossier) !== account)
        this.faults.push(`${mark} is not for ${account}`);
    }
  }

  /** The household or concern a word was written in. */
  householdOf(mark: string): Id | undefined {
    return this.#households.get(mark);
  }
}
