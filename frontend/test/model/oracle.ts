/**
 * What must be true, kept beside the run: what every phone called saved, what the line carried,
 * what was thrown away, and who may read what. It looks at requests and answers, never at code.
 */
import type { Copy } from '../../src/store/copies';
import type { OutboxEntry } from '../../src/store/types';
import type { Id, Mutation, OutcomeLine, SyncAnswer, SyncRequest } from '../../src/sync/wire';
import { marksIn } from './marks';
import { Registers } from './registers';
import { fallsWith, takenOutBy, takesBack } from './taking-back';

const EFFECTS: readonly string[] = ['applied', 'already_applied', 'merged', 'conflicted'];

interface Said {
  readonly mutation: Mutation;
  readonly outcome: string;
}

/** What the server knew when its database was copied. */
interface Known {
  readonly said: ReadonlyMap<Id, Said>;
  readonly recorders: ReadonlyMap<Id, Id>;
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
  /** Called saved on some phone, and not taken back there by its own user. */
  readonly owed = new Map<Id, Mutation>();
  registers = new Registers();
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
  recorders = new Map<Id, Id>();
  /** Who offered a hand-over: its words are theirs. */
  readonly #offered = new Map<Id, Id>();
  /** Who was asked to come back to a household. */
  readonly #comesBack = new Map<Id, Set<Id>>();
  #said = new Map<Id, Said>();
  #copied: Known | null = null;
  readonly #households = new Map<string, Id>();
  /** All that was ever in a queue, and on which phone. */
  readonly #written = new Map<Id, Mutation>();
  readonly #writer = new Map<Id, Id>();
  /** Phones whose store was taken away. */
  readonly #wiped = new Set<Id>();
  /** Lost with the database; only some phone's copy of it is left. */
  readonly #onlyCopies = new Set<Id>();

  /** An act, or a start of the app: what its user took out of the queue is no longer owed. */
  acted(device: Id, before: readonly OutboxEntry[], after: readonly OutboxEntry[]): void {
    const left = new Set(after.map(({ mutation }) => mutation.id));
    for (const { mutation } of before) if (!left.has(mutation.id)) this.owed.delete(mutation.id);
    for (const { mutation, state } of after) {
      if (state !== 'waiting') continue;
      this.owed.set(mutation.id, mutation);
      this.#written.set(mutation.id, mutation);
      this.#writer.set(mutation.id, device);
      for (const mark of marksIn(mutation.body)) this.#households.set(mark, mutation.dossier_id);
    }
  }

  /** An act on a phone whose copies are all that is left of some: those it took are no longer owed. */
  copiesTaken(before: readonly Copy[], after: readonly Copy[]): void {
    const left = new Set(after.map(({ id }) => id));
    for (const { id } of before)
      if (this.#onlyCopies.has(id) && !left.has(id)) this.owed.delete(id);
  }

  /** A sync that the server answered, whether or not the answer arrives. */
  heard(account: Id, request: SyncRequest, answer: SyncAnswer): void {
    if (this.revoked.has(request.device_id)) this.faults.push('a lost phone was answered');
    const told = new Map(answer.outcomes.map((line) => [line.id, line]));
    // Before it knows what the phone holds and had brought, the server applies nothing at all.
    const asked = request.holdings !== undefined || request.copies !== undefined;
    if (answer.need_holdings && !asked && told.size === 0) return;
    for (const { id } of request.copies ?? []) {
      const mutation = this.#written.get(id);
      const line = told.get(id);
      if (mutation && line) this.#outcome(account, mutation, line);
    }
    for (const mutation of request.mutations) {
      const line = told.get(mutation.id);
      if (line === undefined) this.faults.push(`no outcome for ${mutation.id}`);
      else this.#outcome(account, mutation, line);
    }
    for (const dossier of answer.dossiers) this.#mayRead(account, dossier.id, dossier.body);
    if (answer.renew) this.#onlyPushes(answer);
  }

  /** An app that is too old gets nothing new, and keeps what it holds. */
  #onlyPushes({ dossiers, drops }: SyncAnswer): void {
    if (dossiers.length > 0) this.faults.push('an app that is too old was given dossiers');
    const lost = drops.filter((id) => !this.gone.has(id));
    if (lost.length > 0) this.faults.push(`an app that is too old lost ${lost.join(' ')}`);
  }

  /** Somebody will come back to this household. */
  asked(household: Id, account: Id): void {
    const known = this.#comesBack.get(household) ?? new Set();
    this.#comesBack.set(household, known.add(account));
  }

  /** The database was copied. */
  copied(): void {
    const { registers } = this;
    this.#copied = {
      said: new Map(this.#said),
      recorders: new Map(this.recorders),
      registers: registers.copy(),
    };
  }

  /** That copy was put back; what waits on phones, and of what they keep copies to send again. */
  restored({ known, ended }: PutBack, waiting: ReadonlySet<Id>, copies: ReadonlySet<Id>): void {
    if (this.#copied === null) throw new Error('there is no copy');
    const { said, recorders, registers } = this.#copied;
    this.#said = new Map(said);
    this.recorders = new Map(recorders);
    this.registers = registers.copy();
    for (const { kind, id, dossier_id } of ended) {
      if (kind === 'household-erased') this.erased(id);
      if (kind === 'note-taken-out') this.#takeOut(id);
      if (kind === 'consent-taken-back') this.#consentGone(dossier_id, id, 'applied');
    }
    const there = new Set(known);
    for (const mutation of this.owed.values()) {
      if (there.has(mutation.id) || waiting.has(mutation.id)) continue;
      if (copies.has(mutation.id)) {
        this.#onlyCopies.add(mutation.id);
        continue;
      }
      this.owed.delete(mutation.id);
      if (!this.#mayBeGone(mutation)) {
        this.faults.push(`${mutation.kind} ${mutation.id} arrived, and no phone keeps a copy`);
      }
    }
  }

  /** Of what was taken out or thrown away nobody keeps a copy, and a lost phone has none left. */
  #mayBeGone(mutation: Mutation): boolean {
    const { dossier_id, id } = mutation;
    if (this.#wiped.has(this.#writer.get(id) ?? '')) return true;
    if (this.gone.has(dossier_id) || this.takenBack.has(dossier_id)) return true;
    const written = [...this.#written.values()];
    return written.some((other) => takenOutBy(mutation, other) || takesBack(other, dossier_id));
  }

  /** A lost phone handed over what it had not sent, and was emptied; its copies went with it. */
  wiped(device: Id, known: readonly Id[]): void {
    this.#wiped.add(device);
    const there = new Set(known);
    for (const id of this.#onlyCopies) {
      if (this.#writer.get(id) === device && !there.has(id)) this.owed.delete(id);
    }
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
    } else if (kind === 'aftercare.plan') {
      // Until somebody else is asked, who planned it comes back.
      this.asked(household, account);
    } else if (kind === 'handover.offer') {
      this.#offered.set(mutation.body.handover_id, account);
    } else if (kind === 'dossier.discard') {
      this.erased(household);
    } else if (kind === 'note.remove') {
      this.#takeOut(mutation.body.note_id);
    } else if (kind === 'consent.record' && !mutation.body.given) {
      this.#tookBack(household);
    } else if (kind === 'consent.withdraw') {
      this.#consentGone(household, mutation.body.consent_id, outcome);
    }
  }

  #consentGone(household: Id, consent: Id, outcome: string): void {
    this.#tookBack(household);
    if (outcome === 'applied') this.#falls(household, consent);
  }

  /** Also what the line never carried openly: a lost phone hands over in sealed boxes. */
  #takeOut(note: Id): void {
    const about = ({ body }: Mutation): boolean => 'note_id' in body && body.note_id === note;
    this.#buryWhere(about);
    for (const mutation of [...this.owed.values()].filter(about)) {
      this.#bury(marksIn(mutation.body));
    }
  }

  #falls(household: Id, consent: Id): void {
    const asked = [...this.#said.values()].find(
      ({ mutation }) => mutation.kind === 'consent.record' && mutation.body.consent_id === consent,
    );
    if (!asked || !EFFECTS.includes(asked.outcome)) return;
    const { body } = asked.mutation;
    const purpose = 'purpose' in body ? body.purpose : 'note';
    const heard = [...this.#said.values()].map(({ mutation }) => mutation);
    const falls = fallsWith(purpose, heard);
    this.#buryWhere((mutation) => mutation.dossier_id === household && falls(mutation));
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
    }
    if (this.recorders.get(dossier) === account) return;
    const asked = this.#comesBack.get(dossier)?.has(account) === true;
    const { handovers = [], ...rest } = body as { handovers?: readonly { id: Id }[] };
    const others = handovers.filter(({ id }) => this.#offered.get(id) !== account);
    const near = asked ? { contact: null, plan: null, differences: [] } : {};
    for (const mark of marksIn({ ...rest, ...near, others })) {
      this.faults.push(`${mark} is not for ${account}`);
    }
  }
}
