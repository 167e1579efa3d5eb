/**
 * Typing: every keystroke is kept, in one mutation as long as it was never sent. While an editor is
 * open its mutation is held back, so that half a sentence does not travel; `release` lets it go.
 */
import { currentStore } from '../store/current';
import type { Draft, Mutation } from '../store/mutations';
import { ok } from '../lib/result';
import type { Change, OutboxEntry } from '../store/types';
import { change, keep, lastLoose, newEntry, type Same, type Saved } from './record';

export interface TextField {
  /** Which mutations are about this text. */
  readonly same: Same;
  /** The mutation for a text that was `before`; null where there was none. */
  readonly draft: (text: string, before: string | null) => Draft;
  /** What the screen showed when the editor opened; null for a new text. */
  readonly shown: string | null;
}

export interface TextEditor {
  /** Keep this text; `ok` means on disk. The last call wins. */
  write(text: string): Promise<Saved>;
  /** Let it be sent: on blur, on leaving the screen, and when the app goes to the background. */
  release(): Promise<Saved>;
}

function withText(entry: OutboxEntry, text: string): OutboxEntry {
  const mutation = { ...entry.mutation, body: { ...entry.mutation.body, text } } as Mutation;
  return { ...entry, mutation, held: true };
}

/** Says nothing new: an empty text that was never there, or the text that was there before. */
function saysNothing({ mutation }: OutboxEntry, entries: readonly OutboxEntry[]): boolean {
  if (mutation.kind === 'note.add') return mutation.body.text === '';
  if (mutation.kind === 'note.amend') return mutation.body.text === mutation.body.from;
  if (mutation.kind !== 'goal.set') return false;
  const { goal_id, text, from } = mutation.body;
  const inUse = entries.some(
    ({ mutation: other }) => other.kind === 'step.set' && other.body.goal_id === goal_id,
  );
  return text === (from ?? '') && !(from === null && inUse);
}

/** Open an editor on a text. */
export function editText({ same, draft, shown }: TextField): TextEditor {
  let before = shown;
  return {
    async write(text) {
      const saved = await keep(({ entries }) => {
        const loose = lastLoose(entries, same);
        return loose
          ? [{ do: 'amend', entry: withText(loose, text) }]
          : [{ do: 'queue', entry: newEntry(draft(text, before), true) }];
      });
      if (saved.ok) before = text;
      return saved;
    },
    release: () =>
      change(({ entries }) => {
        const loose = lastLoose(entries, same);
        return loose?.held === true ? released(loose, entries) : [];
      }),
  };
}

function released(entry: OutboxEntry, entries: readonly OutboxEntry[]): Change[] {
  return saysNothing(entry, entries)
    ? [{ do: 'unqueue', seq: entry.seq }]
    : [{ do: 'amend', entry: { ...entry, held: false } }];
}

/** Release everything that is held: at start, after a crash with an editor open, and on leaving. */
export function releaseAll(): Promise<Saved> {
  if (currentStore() === null) return Promise.resolve(ok(undefined));
  return change(({ entries }) =>
    entries.filter(({ held }) => held).flatMap((entry) => released(entry, entries)),
  );
}
