/**
 * The sheet of paper of one domain: one note is open for writing, the others lie below it. After a
 * reload or a look elsewhere the same talk goes on in the note where it stopped.
 */
import { today } from '../../../lib/dates';
import { ports } from '../../../lib/ports';
import type { HouseholdBody, Id, Note } from '../../../store/dossiers';
import type { Talk } from '../acts';
import { removeNote, writeNote } from '../notes';
import { Typing, type Saving } from './saving.svelte';
import { nextPosition, notesOf } from './state';

type Notes = () => Pick<HouseholdBody, 'notes' | 'conversation'> | null;

export class NotePad {
  readonly #talk: Talk;
  readonly #domain: string;
  readonly #saving: Saving;
  readonly #notes: Notes;
  #noteId: Id = $state('');
  #typing: Typing = $state.raw(undefined as never);

  constructor(talk: Talk, domain: string, saving: Saving, notes: Notes) {
    this.#talk = talk;
    this.#domain = domain;
    this.#saving = saving;
    this.#notes = notes;
    this.#open(this.#lastOfThisTalk());
  }

  get typing(): Typing {
    return this.#typing;
  }

  /** The other notes of this domain, in order of writing. */
  get earlier(): Note[] {
    return notesOf(this.#notes()?.notes ?? [], this.#domain).filter(
      ({ id }) => id !== this.#noteId,
    );
  }

  #lastOfThisTalk(): Note | null {
    const household = this.#notes();
    const { conversation, notes } = household ?? { conversation: null, notes: [] };
    if (conversation?.state !== 'open' || conversation.date !== today()) return null;
    return notes.filter(({ domain }) => domain === this.#domain).at(-1) ?? null;
  }

  #newPlace(): { id: Id; domain: string; position: number } {
    const notes = this.#notes()?.notes.filter(({ domain }) => domain === this.#domain) ?? [];
    return { id: ports.random.uuid(), domain: this.#domain, position: nextPosition(notes) };
  }

  #open(note: Note | null): void {
    const place = note ?? this.#newPlace();
    this.#noteId = place.id;
    const editor = writeNote(this.#talk, place, note && note.text);
    this.#typing = new Typing(editor, this.#saving, note?.text ?? '');
  }

  /** Go on writing in this note, or on an empty one. */
  async turnTo(note: Note | null): Promise<void> {
    await this.#typing.leave();
    this.#open(note);
  }

  /** "Haal dit weg", the note being written. Its words, for whoever offers to bring them back. */
  async removeCurrent(): Promise<{ text: string; done: boolean }> {
    const text = this.#typing.text;
    const id = this.#noteId;
    await this.#typing.stop();
    const done = await this.#saving.follow(removeNote(this.#talk, id));
    if (done) this.#open(null);
    return { text, done };
  }

  /** "Haal dit weg", a note from before. */
  remove(note: Note): Promise<boolean> {
    return this.#saving.follow(removeNote(this.#talk, note.id));
  }

  /** Put words back that were taken away just now: as a new note, the old one is gone. */
  async bringBack(text: string): Promise<void> {
    if (this.#typing.text === '') {
      this.#typing.type(text);
      return;
    }
    const editor = writeNote(this.#talk, this.#newPlace(), null);
    await this.#saving.follow(editor.write(text));
    await editor.release();
  }
}
