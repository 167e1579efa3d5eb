/** A form that is kept while it is filled in: left and opened again, it is as it was. */
import type { Id } from '../../../store/dossiers';
import type { DraftKind } from '../../../store/forms';
import { keepDraft, readDraft } from '../../../sync/drafts';
import { Keeper, type Saving } from './saving.svelte';

export class Draft<T extends object> {
  readonly #kind: DraftKind;
  readonly #about: Id;
  readonly #keeper: Keeper<T>;
  value: T = $state.raw(undefined as never);
  /** What was filled in here; it counts above what the phone still reads. */
  #filled: Partial<T> = {};

  constructor(kind: DraftKind, about: Id, empty: T, saving: Saving) {
    this.#kind = kind;
    this.#about = about;
    this.#keeper = new Keeper((value) => keepDraft(this.#kind, this.#about, value), saving);
    this.value = empty;
    void this.#read(empty);
  }

  async #read(empty: T): Promise<void> {
    const kept = (await readDraft(this.#kind, this.#about)) as Partial<T> | null;
    this.value = { ...empty, ...kept, ...this.#filled };
    if (kept !== null && Object.keys(this.#filled).length > 0) this.#keeper.keep(this.value);
  }

  /** Call at every keystroke and choice. */
  set(part: Partial<T>): void {
    this.#filled = { ...this.#filled, ...part };
    this.value = { ...this.value, ...part };
    this.#keeper.keep(this.value);
  }

  /** Before it is handed in or thrown away: nothing of it may be written after that. */
  stop(): Promise<void> {
    return this.#keeper.stop();
  }
}
