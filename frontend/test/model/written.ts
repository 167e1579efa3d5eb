/** What was ever called saved, on which phone and in which order, and what its user took back there. */
import type { OutboxEntry } from '../../src/store/types';
import type { Id, Mutation } from '../../src/sync/wire';
import { marksIn } from './marks';
import { SaidOf, takenOutBy, type Word } from './taking-back';
import { actFaults, type Taking } from './taking-out';

/** On which phone something is said. */
export interface Speaker {
  readonly device: Id;
  readonly account: Id;
}

export class Written {
  /** Called saved on some phone, and not taken back there by its own user. */
  readonly owed = new Map<Id, Mutation>();
  readonly #words = new Map<Id, Word>();
  readonly #households = new Map<string, Id>();
  #now = 0;

  /** An act, or a start of the app: what its user took out of the queue is no longer owed. */
  acted(
    { device, account }: Speaker,
    takings: readonly Taking[],
    before: readonly OutboxEntry[],
    after: readonly OutboxEntry[],
  ): string[] {
    for (const { mutation, state } of after) {
      if (state !== 'waiting') continue;
      this.owed.set(mutation.id, mutation);
      for (const mark of marksIn(mutation.body)) this.#households.set(mark, mutation.dossier_id);
      const known = this.#words.get(mutation.id);
      if (known && JSON.stringify(known.mutation) === JSON.stringify(mutation)) continue;
      const at = this.#tick();
      this.#words.set(mutation.id, { mutation, device, account, at, heard: null });
    }
    const faults = actFaults(before, after, takings, this.#all());
    const left = new Set(after.map(({ mutation }) => mutation.id));
    for (const { mutation } of before) if (!left.has(mutation.id)) this.owed.delete(mutation.id);
    return faults;
  }

  /** The server has carried it out. */
  heard(id: Id): void {
    const word = this.#words.get(id);
    if (word?.heard === null) this.#words.set(id, { ...word, heard: this.#tick() });
  }

  /** An old copy was put back: of what it does not know nobody knows when it comes. */
  restored(known: ReadonlySet<Id>): void {
    for (const [id, word] of this.#words) {
      if (!known.has(id)) this.#words.set(id, { ...word, heard: null });
    }
  }

  word(id: Id): Word | undefined {
    return this.#words.get(id);
  }

  /** Of a household, all marks that were ever in a queue. */
  marksOf(household: Id): string[] {
    return [...this.#households].flatMap(([mark, id]) => (id === household ? [mark] : []));
  }

  /** May its words be nowhere, because of what its household or its writer took back? */
  mayBeGone(id: Id): boolean {
    const word = this.#words.get(id);
    return word !== undefined && (this.#takenOut(word) || this.#of(word).mayBeGone(word));
  }

  /** May no phone keep a copy of it for the server? */
  mayHaveNoCopy(id: Id): boolean {
    const word = this.#words.get(id);
    return word !== undefined && (this.#takenOut(word) || this.#of(word).mayHaveNoCopy(word));
  }

  /** Did somebody throw the whole household away? That phone's copies of it are gone at once. */
  isThrownAway(household: Id): boolean {
    return this.#all().some(
      ({ kind, dossier_id }) => kind === 'dossier.discard' && dossier_id === household,
    );
  }

  #takenOut({ mutation }: Word): boolean {
    return this.#all().some((other) => takenOutBy(mutation, other));
  }

  #of({ mutation: { dossier_id } }: Word): SaidOf {
    const words = [...this.#words.values()];
    return new SaidOf(words.filter(({ mutation }) => mutation.dossier_id === dossier_id));
  }

  #all(): Mutation[] {
    return [...this.#words.values()].map(({ mutation }) => mutation);
  }

  #tick(): number {
    this.#now += 1;
    return this.#now;
  }
}
