/** Notes in the resident's words: every keystroke kept, one mutation until it is sent. */
import { change, newEntry, isLoose, type Saved } from '../../sync/record';
import { scrub, unqueue } from '../../sync/forgetting';
import { editText, type TextEditor } from '../../sync/typing';
import type { Id, Mutation } from '../../sync/wire';
import type { Talk } from './acts';

export { releaseAll as releaseNotes, type TextEditor } from '../../sync/typing';

export interface NotePlace {
  readonly id: Id;
  readonly domain: string;
  readonly position: number;
}

function isAbout(noteId: Id): (mutation: Mutation) => boolean {
  return (mutation) =>
    (mutation.kind === 'note.add' || mutation.kind === 'note.amend') &&
    mutation.body.note_id === noteId;
}

/**
 * Open an editor on a note. `shown` is the text on screen, null for a new note (its id made by
 * `ports.random.uuid()`); `release()` on blur and on leaving.
 */
export function writeNote(talk: Talk, note: NotePlace, shown: string | null): TextEditor {
  const { householdId: dossier_id, conversationId: conversation_id } = talk;
  const { id: note_id, domain, position } = note;
  return editText({
    shown,
    same: isAbout(note_id),
    draft: (text, before) =>
      before === null
        ? {
            kind: 'note.add',
            dossier_id,
            body: { note_id, conversation_id, domain, position, text },
          }
        : { kind: 'note.amend', dossier_id, body: { note_id, text, from: before } },
  });
}

/** "Haal dit weg": its words leave the phone now. A note that was never sent leaves no trace. */
export function removeNote(talk: Talk, noteId: Id): Promise<Saved> {
  const { householdId } = talk;
  const removal = newEntry({
    kind: 'note.remove',
    dossier_id: householdId,
    body: { note_id: noteId },
  });
  return change(({ entries, dossier }) => {
    const about = entries.filter(({ mutation }) => isAbout(noteId)(mutation));
    const neverSent = about.some((entry) => entry.mutation.kind === 'note.add' && isLoose(entry));
    if (neverSent) return unqueue(about);
    return [
      ...unqueue(about),
      ...scrub(dossier(householdId), removal.mutation),
      { do: 'queue', entry: removal },
    ];
  });
}
