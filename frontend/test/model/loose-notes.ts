/**
 * Loose notes: written down on a phone that nothing opens, sealed to the server alone. They belong to
 * no dossier, so what must come of them is simple: each waits for a person, once.
 */
import type { Id } from '../../src/sync/wire';
import type { SimulatedPhone } from './phones';
import type { Look } from './server';

export class LooseNotes {
  /** Called saved, and owed; the word that each has. */
  readonly #owed = new Map<Id, string>();
  /** Phones that may still have one. */
  readonly #on = new Set<SimulatedPhone>();

  /** Somebody wrote this down; false where the phone never heard the server's key. */
  async write(phone: SimulatedPhone, word: string): Promise<boolean> {
    const id = await phone.writeLoose(word);
    if (id === null) return false;
    this.#owed.set(id, word);
    this.#on.add(phone);
    return true;
  }

  /** The phone meets a line, its store open or shut. */
  async send(phone: SimulatedPhone): Promise<void> {
    if (!this.#on.has(phone)) return;
    await phone.sendLoose();
    if ((await phone.looseHere()).length === 0) this.#on.delete(phone);
  }

  /** An old copy was put back: what it does not know and no phone has any more is gone with it. */
  async restored(known: ReadonlySet<Id>): Promise<void> {
    const here = new Set<Id>();
    for (const phone of this.#on) for (const id of await phone.looseHere()) here.add(id);
    for (const id of this.#owed.keys()) {
      if (!known.has(id) && !here.has(id)) this.#owed.delete(id);
    }
  }

  /** What is wrong when all is at rest, in words. */
  async faults({ outcomes, quarantined, marks }: Look): Promise<string[]> {
    const left: string[] = [];
    for (const phone of this.#on) {
      for (const id of await phone.looseHere()) left.push(`${phone.name} still has ${id}`);
    }
    const there = new Set(marks);
    const wrong = [...this.#owed].flatMap(([id, word]) => {
      const times = quarantined.filter((one) => one === id).length;
      if (times === 1 && outcomes[id] === 'quarantined' && there.has(word)) return [];
      return [`loose note ${id} (${word}) waits ${String(times)} times, ${outcomes[id] ?? 'lost'}`];
    });
    return [...left, ...wrong];
  }
}
