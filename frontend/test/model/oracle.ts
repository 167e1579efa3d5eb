/**
 * What must be true, kept beside the run: what every phone called saved, what the line carried,
 * what was thrown away, and who may read what. It looks at requests and answers, never at code.
 */
import type { Copy } from '../../src/store/copies';
import type { OutboxEntry } from '../../src/store/types';
import type { MutationOf } from '../../src/store/mutations';
import type {
  Dossier,
  Id,
  Mutation,
  OutcomeLine,
  SyncAnswer,
  SyncRequest,
} from '../../src/sync/wire';
import { marksIn } from './marks';
import { Readers } from './readers';
import { Registers } from './registers';
import { fallsWith, restsOn } from './taking-back';
import type { Taking } from './taking-out';
import { Written, type Speaker } from './written';

const EFFECTS: readonly string[] = ['applied', 'already_applied', 'merged', 'conflicted'];

export interface Said {
  readonly mutation: Mutation;
  readonly account: Id;
  readonly outcome: string;
}

/** What the server knew when its database was copied. */
interface Known {
  readonly said: ReadonlyMap<Id, Said>;
  readonly readAgain: () => void;
  readonly registers: Registers;
}

/** What a copy that was put back knows, and what ended since. */
export interface PutBack {
  readonly known: readonly Id[];
  readonly ended: readonly { readonly kind: string; readonly id: Id; readonly dossier_id: Id }[];
}

export class Oracle {
  /** What is wrong, in words. Empty is good. */
  readonly faults: string[] = [];
  readonly written = new Written();
  readonly readers: Readers;
  registers = new Registers();
  /** Marks that nobody may keep any more. */
  readonly dead = new Set<string>();
  /** The mutations they were in. */
  readonly deadWords = new Set<Id>();
  /** Thrown away whole: a phone that hears it drops what it had not sent, without an outcome. */
  readonly gone = new Set<Id>();
  readonly revoked = new Set<Id>();
  #said = new Map<Id, Said>();
  #copied: Known | null = null;
  /** Consents that were taken back before they came, if they come. */
  readonly #tookBack = new Set<Id>();
  /** Phones whose store was taken away. */
  readonly #wiped = new Set<Id>();
  /** Lost with the database; only some phone's copy of it is left. */
  readonly #onlyCopies = new Set<Id>();

  constructor(round: Id, pair: readonly Id[]) {
    this.readers = new Readers(round, pair);
  }

  /** An act, or a start of the app. */
  acted(
    speaker: Speaker,
    takings: readonly Taking[],
    before: readonly OutboxEntry[],
    after: readonly OutboxEntry[],
  ): void {
    this.faults.push(...this.written.acted(speaker, takings, before, after));
  }

  /** An act on a phone whose copies are all that is left of some: those it took are no longer owed. */
  copiesTaken(before: readonly Copy[], after: readonly Copy[]): void {
    const left = new Set(after.map(({ id }) => id));
    for (const { id, kind } of before) {
      if (!this.#onlyCopies.has(id) || left.has(id)) continue;
      this.written.owed.delete(id);
      if (!this.#mayHaveNoCopy(id)) this.faults.push(`an act took the only copy of ${kind} ${id}`);
    }
  }

  /** A sync that the server answered, whether or not the answer arrives. */
  heard(account: Id, request: SyncRequest, answer: SyncAnswer): void {
    if (this.revoked.has(request.device_id)) this.faults.push('a lost phone was answered');
    const told = new Map(answer.outcomes.map((line) => [line.id, line]));
    // Before it knows what the phone holds and had brought, the server applies nothing at all.
    const asked = request.holdings !== undefined || request.copies !== undefined;
    if (answer.need_holdings && !asked && told.size === 0) return;
    for (const { id } of request.copies ?? []) {
      const mutation = this.written.word(id)?.mutation;
      const line = told.get(id);
      if (mutation && line) this.#outcome(account, mutation, line);
    }
    for (const mutation of request.mutations) {
      const line = told.get(mutation.id);
      if (line === undefined) this.faults.push(`no outcome for ${mutation.id}`);
      else this.#outcome(account, mutation, line);
    }
    for (const dossier of answer.dossiers) this.#mayRead(account, dossier);
    this.readers.given(account, answer.dossiers);
    if (answer.renew) this.#onlyPushes(answer);
  }

  /** An app that is too old gets nothing new, and keeps what it holds. */
  #onlyPushes({ dossiers, drops }: SyncAnswer): void {
    if (dossiers.length > 0) this.faults.push('an app that is too old was given dossiers');
    const lost = drops.filter((id) => !this.gone.has(id));
    if (lost.length > 0) this.faults.push(`an app that is too old lost ${lost.join(' ')}`);
  }

  /** The database was copied. */
  copied(): void {
    const { registers } = this;
    this.#copied = {
      said: new Map(this.#said),
      readAgain: this.readers.copy(),
      registers: registers.copy(),
    };
  }

  /** That copy was put back; what waits on phones, and of what they keep copies to send again. */
  restored({ known, ended }: PutBack, waiting: ReadonlySet<Id>, copies: ReadonlySet<Id>): void {
    if (this.#copied === null) throw new Error('there is no copy');
    const { said, readAgain, registers } = this.#copied;
    this.#said = new Map(said);
    readAgain();
    this.registers = registers.copy();
    const there = new Set(known);
    this.written.restored(there);
    for (const { kind, id, dossier_id } of ended) {
      if (kind === 'household-erased') this.erased(id);
      if (kind === 'note-taken-out') this.#takeOut(id);
      if (kind === 'consent-taken-back') this.#withdrawn(dossier_id, id);
    }
    for (const mutation of this.written.owed.values()) {
      if (there.has(mutation.id) || waiting.has(mutation.id)) continue;
      if (copies.has(mutation.id)) {
        this.#onlyCopies.add(mutation.id);
        continue;
      }
      this.written.owed.delete(mutation.id);
      if (!this.#mayHaveNoCopy(mutation.id)) {
        this.faults.push(`${mutation.kind} ${mutation.id} arrived, and no phone keeps a copy`);
      }
    }
  }

  /** Of what was taken out or thrown away nobody keeps a copy, and a lost phone has none left. */
  #mayHaveNoCopy(id: Id): boolean {
    const word = this.written.word(id);
    if (word === undefined) return false;
    if (this.#wiped.has(word.device) || this.gone.has(word.mutation.dossier_id)) return true;
    return this.written.mayHaveNoCopy(id) || this.written.isThrownAway(word.mutation.dossier_id);
  }

  /** A lost phone handed over what it had not sent, and was emptied; its copies went with it. */
  wiped(device: Id, known: readonly Id[]): void {
    this.#wiped.add(device);
    const there = new Set(known);
    for (const id of this.#onlyCopies) {
      if (this.written.word(id)?.device === device && !there.has(id)) this.written.owed.delete(id);
    }
  }

  #outcome(account: Id, mutation: Mutation, { outcome, code }: OutcomeLine): void {
    const { id, kind, dossier_id } = mutation;
    const before = this.#said.get(id);
    if (before !== undefined) {
      const again = this.#again(before);
      if (outcome !== again) this.faults.push(`${kind}: ${again} became ${outcome}`);
      return;
    }
    if (outcome === 'refused') this.faults.push(`${kind} was refused`);
    if (outcome === 'already_applied') this.faults.push(`${kind} came before`);
    if (code === 'no-right' && this.readers.wasGiven(account, dossier_id)) {
      this.faults.push(`${kind} ${id}: they had this dossier, and may still write to it`);
    }
    this.#said.set(id, { mutation, account, outcome });
    if (outcome === 'erased') this.#bury(marksIn(mutation.body));
    if (!EFFECTS.includes(outcome)) return;
    this.written.heard(id);
    const expected = this.registers.apply(mutation);
    if (expected !== null && !(expected as string[]).includes(outcome)) {
      this.faults.push(`${kind}: ${outcome} instead of ${expected.join(' or ')}`);
    }
    this.readers.did(account, mutation, outcome);
    this.#takeBack(account, mutation, outcome);
  }

  /** What must be told of something that came before. */
  #again({ mutation: { kind, dossier_id }, outcome }: Said): string {
    if (this.gone.has(dossier_id) && kind !== 'dossier.discard') return 'erased';
    return outcome === 'applied' ? 'already_applied' : outcome;
  }

  #takeBack(account: Id, mutation: Mutation, outcome: string): void {
    const { dossier_id: household, kind } = mutation;
    if (kind === 'dossier.discard') this.erased(household);
    if (kind === 'note.remove') this.#takeOut(mutation.body.note_id);
    if (kind === 'consent.withdraw' && outcome === 'applied') {
      this.#withdrawn(household, mutation.body.consent_id);
    }
    if (kind !== 'consent.record') return;
    const { consent_id, purpose, given } = mutation.body;
    if (given && this.#tookBack.has(consent_id)) this.#falls(household, purpose);
    // Asked again, they said no.
    if (!given && this.#saidYes(account, mutation)) this.#falls(household, purpose);
  }

  /** Does a yes stand that they gave to the same person for the same purpose before? */
  #saidYes(account: Id, { id, dossier_id, body }: MutationOf<'consent.record'>): boolean {
    return [...this.#said.values()].some(
      (one) =>
        one.mutation.kind === 'consent.record' &&
        one.mutation.id !== id &&
        one.mutation.dossier_id === dossier_id &&
        one.account === account &&
        EFFECTS.includes(one.outcome) &&
        one.mutation.body.given &&
        one.mutation.body.purpose === body.purpose,
    );
  }

  /** Also what the line never carried openly: a lost phone hands over in sealed boxes. */
  #takeOut(note: Id): void {
    const about = ({ body }: Mutation): boolean => 'note_id' in body && body.note_id === note;
    this.#buryWhere(about);
    for (const mutation of [...this.written.owed.values()].filter(about)) {
      this.#bury(marksIn(mutation.body));
    }
  }

  #withdrawn(household: Id, consent: Id): void {
    this.#tookBack.add(consent);
    const asked = [...this.#said.values()].find(
      ({ mutation }) => mutation.kind === 'consent.record' && mutation.body.consent_id === consent,
    );
    if (!asked || !EFFECTS.includes(asked.outcome)) return;
    const { body } = asked.mutation;
    this.#falls(household, 'purpose' in body ? body.purpose : 'note');
  }

  /** What was said for this purpose may be nowhere any more; whatever comes now is the first word. */
  #falls(household: Id, purpose: string): void {
    const heard = [...this.#said.values()].map(({ mutation }) => mutation);
    const falls = fallsWith(purpose, heard);
    this.#buryWhere((mutation) => mutation.dossier_id === household && falls(mutation));
    this.registers.forget(household, (mutation) => restsOn(mutation, heard).has(purpose));
  }

  /** Thrown away whole: nothing that was ever said of it may be anywhere. */
  erased(household: Id): void {
    this.gone.add(household);
    this.registers.forget(household, () => true);
    this.#buryWhere(({ dossier_id }) => dossier_id === household);
    this.#bury(this.written.marksOf(household));
  }

  /** All that has an outcome, for what must be true at the end. */
  get said(): readonly Said[] {
    return [...this.#said.values()];
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

  #mayRead(account: Id, dossier: Dossier): void {
    for (const mark of marksIn(dossier.body)) {
      if (this.dead.has(mark)) this.faults.push(`${mark} was thrown away and came back`);
    }
    this.faults.push(
      ...this.readers.walkFaults(account, [dossier]),
      ...this.readers.readFaults(account, dossier),
    );
  }
}
