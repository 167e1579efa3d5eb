/** What must come of a changed value, worked out here and compared with what the server says. */
import { canonical } from '../../src/lib/canonical';
import type { Id, Mutation, MutationOutcome } from '../../src/sync/wire';

/** One place that holds one value: the outcome of a door, an answer, the text of a note. */
interface Change {
  readonly place: string;
  readonly value: string;
  readonly from: string | null;
  /** What stands there before anybody said a thing. */
  readonly first?: string;
}

/** A value as one text, also where it has parts. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : canonical(value);
}

const NO_RESULT = asText({ outcome: '', more_help: false, close: false });

function changeOfAftercare(mutation: Mutation): Change | null {
  const { dossier_id: dossier, kind, body } = mutation;
  if (kind === 'aftercare.record') {
    const { aftercare_id, outcome, more_help, close, from } = body;
    const value = asText({ outcome, more_help, close });
    const place = `${dossier} ${aftercare_id} result`;
    return { place, value, from: asText(from), first: NO_RESULT };
  }
  if (kind !== 'aftercare.plan') return null;
  const { aftercare_id, due_on, day_part, kind: how, from } = body;
  const value = asText({ due_on, day_part, kind: how });
  return { place: `${dossier} ${aftercare_id} agreed`, value, from: asText(from) };
}

function changeOf(mutation: Mutation): Change | null {
  const { dossier_id: dossier, kind } = mutation;
  if (kind === 'visit.record') {
    return { place: `${dossier} visit`, value: mutation.body.outcome, from: mutation.body.from };
  }
  if (kind === 'domain.assess') {
    const { domain, answer, from } = mutation.body;
    return { place: `${dossier} ${domain}`, value: answer, from };
  }
  if (kind === 'note.add' || kind === 'note.amend') {
    const { note_id, text } = mutation.body;
    const from = kind === 'note.add' ? null : mutation.body.from;
    return { place: `${dossier} ${note_id}`, value: text, from };
  }
  return changeOfAftercare(mutation);
}

/** A value that a conflict put aside, and which mutation did that. */
export interface PutAside {
  readonly mutation: Id;
  readonly dossier: Id;
  readonly value: string;
  /** Which mutation had said it; null where it stood there from the beginning. */
  readonly said: Id | null;
}

/** A person chose between two values: what stands now is not worked out here. */
const UNSURE = Symbol('unsure');

export class Registers {
  readonly putAside: PutAside[] = [];
  readonly #stands = new Map<string, string | typeof UNSURE>();
  /** What was said last at each place. */
  readonly #last = new Map<string, Mutation>();

  /** Apply a mutation that had effect; gives what the server should have said, if that is certain. */
  apply(mutation: Mutation): MutationOutcome[] | null {
    if (mutation.kind === 'difference.settle') this.#doubt(mutation.dossier_id);
    const change = changeOf(mutation);
    if (change === null) return null;
    const { place, value, from, first } = change;
    const stands = this.#stands.get(place) ?? first;
    const before = this.#last.get(place);
    if (stands === undefined && value === '') return ['applied'];
    this.#stands.set(place, value);
    this.#last.set(place, mutation);
    if (stands === UNSURE) return null;
    if (stands === undefined) return ['applied'];
    if (stands === value) return ['applied', 'merged'];
    if (stands === from) return ['applied'];
    const said = before?.id ?? null;
    this.putAside.push({
      mutation: mutation.id,
      dossier: mutation.dossier_id,
      value: stands,
      said,
    });
    return ['conflicted'];
  }

  /** As it is now, to go back to. */
  copy(): Registers {
    const same = new Registers();
    same.putAside.push(...this.putAside);
    for (const [place, value] of this.#stands) same.#stands.set(place, value);
    for (const [place, mutation] of this.#last) same.#last.set(place, mutation);
    return same;
  }

  #doubt(dossier: Id): void {
    for (const place of this.#stands.keys()) {
      if (place.startsWith(dossier)) this.#stands.set(place, UNSURE);
    }
  }

  /** This of a household was taken back: whatever comes now is the first word. */
  forget(dossier: Id, falls: (mutation: Mutation) => boolean): void {
    for (const [place, mutation] of [...this.#last]) {
      if (mutation.dossier_id !== dossier || !falls(mutation)) continue;
      this.#stands.delete(place);
      this.#last.delete(place);
    }
  }
}
