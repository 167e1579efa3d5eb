/** The truth about saving on a screen where something is typed or chosen. */
import type { Saved } from '../../../sync/record';
import type { TextEditor } from '../../../sync/typing';
import type { StoreProblem } from '../../../store/types';

export type SavingState =
  | { readonly is: 'idle' }
  | { readonly is: 'saving' }
  | { readonly is: 'saved' }
  | { readonly is: 'problem'; readonly problem: StoreProblem };

/** Says "saved" only after the disk did, and only when nothing newer is under way. */
export class Saving {
  #state: SavingState = $state.raw({ is: 'idle' });
  #last = 0;

  get state(): SavingState {
    return this.#state;
  }

  get busy(): boolean {
    return this.#state.is === 'saving';
  }

  /** Follow one act; true when it is on disk. */
  async follow(saved: Promise<Saved>): Promise<boolean> {
    const turn = (this.#last += 1);
    this.#state = { is: 'saving' };
    const result = await saved;
    if (turn === this.#last) {
      this.#state = result.ok ? { is: 'saved' } : { is: 'problem', problem: result.error };
    }
    return result.ok;
  }
}

/** Keeps the newest of a value that changes faster than the disk: one write at a time, in order. */
export class Keeper<T> {
  readonly #write: (value: T) => Promise<Saved>;
  readonly #saving: Saving;
  #waiting: { value: T } | null = null;
  #running: Promise<void> | null = null;

  constructor(write: (value: T) => Promise<Saved>, saving: Saving) {
    this.#write = write;
    this.#saving = saving;
  }

  keep(value: T): void {
    this.#waiting = { value };
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (let next = this.#take(); next !== null; next = this.#take()) {
      await this.#saving.follow(this.#write(next.value));
    }
    this.#running = null;
  }

  #take(): { value: T } | null {
    const next = this.#waiting;
    this.#waiting = null;
    return next;
  }

  /** After the last value is on disk, or failed to be. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Forget what was not written yet. */
  async stop(): Promise<void> {
    this.#waiting = null;
    await this.#running;
  }
}

/** One text being typed: every keystroke goes to disk. */
export class Typing {
  readonly #editor: TextEditor;
  readonly #keeper: Keeper<string>;
  text: string = $state('');

  constructor(editor: TextEditor, saving: Saving, text = '') {
    this.#editor = editor;
    this.#keeper = new Keeper((words) => editor.write(words), saving);
    this.text = text;
  }

  /** Call with the text at every keystroke. */
  type(text: string): void {
    this.text = text;
    this.#keeper.keep(text);
  }

  /** On blur and on leaving: what was typed may travel from now on. */
  async leave(): Promise<void> {
    await this.#keeper.settled();
    await this.#editor.release();
  }

  /** Before its words are thrown away. */
  stop(): Promise<void> {
    return this.#keeper.stop();
  }
}
