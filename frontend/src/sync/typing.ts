/**
 * Typing: every keystroke is kept, in one mutation as long as it was never sent. While an editor is
 * open its mutation is held back, so that half a sentence does not travel; `release` lets it go.
 */
import { currentStore } from '../store/current';
import type { Id } from '../store/dossiers';
import type { Draft, Mutation } from '../store/mutations';
import { ok } from '../lib/result';
import type { Change, OutboxEntry, Store } from '../store/types';
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
  const { goal_id, position, domain, text, from } = mutation.body;
  const inUse = entries.some(
    ({ mutation: other }) => other.kind === 'step.set' && other.body.goal_id === goal_id,
  );
  if (from === null) return text === '' && !inUse;
  return text === from.text && position === from.position && domain === from.domain;
}

/** Mutations that said nothing after all, and went: what they began never happened. */
const unsaid = new WeakMap<Store, Set<Id>>();

function isUnsaid(id: Id): boolean {
  const store = currentStore();
  return store !== null && unsaid.get(store)?.has(id) === true;
}

function unsay(gone: readonly OutboxEntry[]): void {
  const store = currentStore();
  if (store === null) return;
  const known = unsaid.get(store) ?? new Set<Id>();
  for (const { mutation } of gone) known.add(mutation.id);
  unsaid.set(store, known);
}

/** Open an editor on a text. */
export function editText({ same, draft, shown }: TextField): TextEditor {
  /** The text as it stands, and as it stood when the mutation that is being written began. */
  let before = shown;
  let began = { id: '', before: shown };
  return {
    async write(text) {
      if (isUnsaid(began.id)) before = began.before;
      let next = began;
      const saved = await keep(({ entries }) => {
        const loose = lastLoose(entries, same);
        if (loose) return [{ do: 'amend', entry: withText(loose, text) }];
        const entry = newEntry(draft(text, before), true);
        next = { id: entry.mutation.id, before };
        return [{ do: 'queue', entry }];
      });
      if (saved.ok) {
        before = text;
        began = next;
      }
      return saved;
    },
    release: () =>
      release((entries) => {
        const loose = lastLoose(entries, same);
        return loose?.held === true ? [loose] : [];
      }),
  };
}

/** Let these go; what says nothing is taken out, and its editor begins anew. */
async function release(
  held: (entries: readonly OutboxEntry[]) => readonly OutboxEntry[],
): Promise<Saved> {
  let gone: readonly OutboxEntry[] = [];
  const saved = await change(({ entries }) => {
    const all = held(entries);
    gone = all.filter((entry) => saysNothing(entry, entries));
    return all.map((entry): Change =>
      gone.includes(entry)
        ? { do: 'unqueue', seq: entry.seq }
        : { do: 'amend', entry: { ...entry, held: false } },
    );
  });
  if (saved.ok) unsay(gone);
  return saved;
}

/** Release everything that is held: at start, after a crash with an editor open, and on leaving. */
export function releaseAll(): Promise<Saved> {
  if (currentStore() === null) return Promise.resolve(ok(undefined));
  return release((entries) => entries.filter(({ held }) => held));
}
