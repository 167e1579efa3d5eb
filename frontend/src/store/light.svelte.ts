/** The truth about saving: what waits on this phone, since when, and what needs a person. */
import { liveDiffering } from './differing.svelte';
import type { Id, Instant } from './dossiers';
import type { MutationKind } from './mutations';
import { liveQueue } from './live-queue.svelte';
import { LiveSource } from './live-source.svelte';
import type { EntryState, OutboxEntry, StoreProblem } from './types';

/** One line of what waits. Concerns count but are never listed; no line holds what was typed. */
export interface OutboxLine {
  readonly id: Id;
  readonly dossier_id: Id;
  readonly kind: MutationKind;
  readonly made_at: Instant;
  readonly state: EntryState;
  readonly code: string;
}

function linesOf(entries: readonly OutboxEntry[], states: readonly EntryState[]): OutboxLine[] {
  return entries
    .filter(({ state, mutation }) => states.includes(state) && mutation.kind !== 'concern.raise')
    .map(({ mutation, state, code }) => {
      const { id, dossier_id, kind, made_at } = mutation;
      return { id, dossier_id, kind, made_at, state, code };
    });
}

export interface LiveOutbox {
  readonly waiting: readonly OutboxLine[];
  /** What the server put aside or refused, with its code. */
  readonly setAside: readonly OutboxLine[];
  readonly ready: boolean;
}

/** What waits and what was put aside, live. */
export function liveOutbox(): LiveOutbox {
  const waiting = $derived(linesOf(liveQueue.value.entries, ['waiting']));
  const setAside = $derived(linesOf(liveQueue.value.entries, ['set_aside', 'refused']));
  return {
    get waiting() {
      return waiting;
    },
    get setAside() {
      return setAside;
    },
    get ready() {
      return liveQueue.ready;
    },
  };
}

export interface LiveLight {
  /** How many things are on this phone only; waiting concerns and loose notes count. */
  readonly waiting: number;
  /** When the oldest of them was made. */
  readonly since: Instant | null;
  /** When the loose notes among them were kept. */
  readonly loose: readonly Instant[];
  readonly setAside: number;
  /** How many things two people wrote differently. */
  readonly differing: number;
  /** When the server last had everything. */
  readonly lastSuccess: Instant | null;
  /** When everything of a household left this phone, until its user has seen that. */
  readonly erased: Instant | null;
  /** Since when this app is too old to get anything new. */
  readonly renew: Instant | null;
  readonly ready: boolean;
  readonly problem: StoreProblem | null;
}

const lastSuccess = new LiveSource<string | null>(null, (reader) => reader.meta('last_success'));

const erased = new LiveSource<string | null>(null, (reader) => reader.meta('erased'));

const renew = new LiveSource<string | null>(null, (reader) => reader.meta('renew'));

const spoilt = new LiveSource<number>(0, (reader) => reader.spoilt());

const loose = new LiveSource<readonly Instant[]>([], (reader) => reader.loose());

/** How many records on this phone do not open: damaged, or put there by somebody else. */
export function liveSpoilt(): { readonly count: number } {
  return {
    get count() {
      return spoilt.value;
    },
  };
}

/** The earliest of these; one in whole seconds and one in thousandths compare as moments. */
export function oldestOf(instants: readonly (Instant | undefined)[]): Instant | null {
  const there = instants.filter((one) => one !== undefined);
  return there.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
}

/** The light at the top right, live. */
export function liveLight(): LiveLight {
  const waiting = $derived(liveQueue.value.entries.filter(({ state }) => state === 'waiting'));
  const setAside = $derived(
    liveQueue.value.entries.filter(({ state }) => state === 'set_aside' || state === 'refused'),
  );
  const differing = liveDiffering();
  return {
    get waiting() {
      return waiting.length + loose.value.length;
    },
    get since() {
      return oldestOf([waiting[0]?.mutation.made_at, loose.value[0]]);
    },
    get loose() {
      return loose.value;
    },
    get setAside() {
      return setAside.length;
    },
    get differing() {
      return differing.count;
    },
    get lastSuccess() {
      return lastSuccess.value;
    },
    get erased() {
      return erased.value;
    },
    get renew() {
      return renew.value;
    },
    get ready() {
      return liveQueue.ready;
    },
    get problem() {
      return liveQueue.problem;
    },
  };
}
