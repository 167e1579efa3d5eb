/** What an answer changes on the phone: decided here, written in one strict transaction. */
import { ports } from '../lib/ports';
import { copyOf, pastTerm } from '../store/copies';
import type { Dossier, Id } from '../store/dossiers';
import { takenBack } from '../store/taken-back';
import type { Change, OutboxEntry, View } from '../store/types';
import { forgets, scrubbed } from './forgetting';
import { goneWith, tellsUser, type Gone } from './gone';
import { instant } from './record';
import type { MutationOutcome, OutcomeLine, SyncAnswer } from './wire';

interface Applying {
  readonly answer: SyncAnswer;
  /** Nothing more comes in this sync: what was acknowledged has its dossier now, or never. */
  readonly last: boolean;
}

/** The entry after its outcome; null when it may go at once. */
function outcomeOf(entry: OutboxEntry, line: OutcomeLine): OutboxEntry | null {
  const { outcome, code } = line;
  const told = { ...entry, outcome, code };
  switch (outcome) {
    case 'applied':
    case 'already_applied':
    case 'merged':
    case 'conflicted':
      // Once a concern has arrived, nothing of it stays here.
      return entry.mutation.kind === 'concern.raise' ? null : { ...told, state: 'acknowledged' };
    case 'erased':
      return null;
    case 'quarantined':
      return withoutFacts({ ...told, state: 'set_aside' });
    case 'refused':
      return withoutFacts({ ...told, state: 'refused' });
  }
}

/** The server holds a quarantined concern or incident: the phone keeps that, not the words. */
function withoutFacts(entry: OutboxEntry): OutboxEntry {
  const { mutation, state } = entry;
  if (state !== 'set_aside') return entry;
  // The kinds of these two bodies cannot be typed as one.
  if (mutation.kind === 'concern.raise')
    return { ...entry, mutation: { ...mutation, body: { ...mutation.body, facts: '' } } };
  if (mutation.kind === 'incident.raise')
    return { ...entry, mutation: { ...mutation, body: { ...mutation.body, facts: '' } } };
  return entry;
}

/** The outbox after this answer, and what was waiting in it before. */
function afterOutcomes(
  view: View,
  { answer, last }: Applying,
  gone: Gone,
): Map<number, OutboxEntry | null> {
  const lines = new Map(answer.outcomes.map((line) => [line.id, line]));
  const arrived = new Set(answer.dossiers.map(({ id }) => id));
  // An app that is too old gets no dossier: its own words are all that shows what it did.
  const settled = last && !answer.renew;
  return new Map(
    view.entries.map((entry) => {
      const { id, dossier_id } = entry.mutation;
      if (gone.entry(entry)) return [entry.seq, null];
      const line = lines.get(id);
      const told = line && entry.state === 'waiting' ? outcomeOf(entry, line) : entry;
      const done = told?.state === 'acknowledged' && (settled || arrived.has(dossier_id));
      return [entry.seq, done ? null : told];
    }),
  );
}

function outboxChanges(view: View, after: Map<number, OutboxEntry | null>): Change[] {
  return view.entries.flatMap((entry): Change[] => {
    const next = after.get(entry.seq) ?? null;
    if (next === entry) return [];
    return [next === null ? { do: 'unqueue', seq: entry.seq } : { do: 'amend', entry: next }];
  });
}

/** Store what came, without what was thrown away on this phone in the meantime. */
function dossierChanges(
  dossiers: readonly Dossier[],
  after: Map<number, OutboxEntry | null>,
): Change[] {
  const waiting = [...after.values()].flatMap((entry) =>
    entry?.state === 'waiting' ? [entry.mutation] : [],
  );
  return dossiers.map((dossier) => {
    const about = waiting.filter(({ dossier_id }) => dossier_id === dossier.id);
    const left = scrubbed(dossier, about);
    return left === null ? { do: 'drop', id: dossier.id } : { do: 'keep', dossier: left };
  });
}

const UNDONE: readonly MutationOutcome[] = ['quarantined', 'refused'];

/**
 * What was thrown away here and not on the server: the stored dossier is no longer the answer to
 * its version, so that it must come again.
 */
function staleChanges(view: View, { answer }: Applying, gone: Gone): Change[] {
  const undone = new Set(
    answer.outcomes.filter(({ outcome }) => UNDONE.includes(outcome)).map(({ id }) => id),
  );
  const coming = new Set(answer.dossiers.map(({ id }) => id));
  const stale = new Set(
    view.entries
      .map(({ mutation }) => mutation)
      .filter((mutation) => undone.has(mutation.id) && forgets(mutation))
      .map(({ dossier_id }) => dossier_id)
      .filter((id) => !coming.has(id) && !gone.whole.has(id)),
  );
  return [...stale].flatMap((id): Change[] => {
    const dossier = view.dossier(id);
    return dossier === undefined ? [] : [{ do: 'keep', dossier: { ...dossier, version: '' } }];
  });
}

/** What must go; a guide or text that an unsent talk names stays until the server names it too. */
function dropChanges(drops: readonly Id[], after: Map<number, OutboxEntry | null>): Change[] {
  const named = new Set(
    [...after.values()].flatMap((entry): unknown[] => {
      if (entry?.state !== 'waiting') return [];
      const { guide_id, consent_text_id } = { ...entry.mutation.body } as Record<string, unknown>;
      return [guide_id, consent_text_id];
    }),
  );
  return drops.filter((id) => !named.has(id)).map((id): Change => ({ do: 'drop', id }));
}

const ARRIVED: readonly MutationOutcome[] = [
  'applied',
  'already_applied',
  'merged',
  'conflicted',
  'quarantined',
];

/** What arrived just now leaves its box here for a while; what was erased, or is old, none. */
function copyChanges(view: View, { answer, last }: Applying, gone: Gone): Change[] {
  const now = ports.clock.now();
  const outcomes = new Map(answer.outcomes.map(({ id, outcome }) => [id, outcome]));
  const sent = view.entries.filter(({ state, mutation: { id } }) => {
    const outcome = outcomes.get(id);
    return state === 'waiting' && outcome !== undefined && ARRIVED.includes(outcome);
  });
  const arrived = sent
    .map(({ mutation, seq }) => copyOf(mutation, seq, instant(now)))
    .filter((copy) => !gone.arriving(copy) && !takenBack(view, copy, sent));
  const taken = view.copies.filter((copy) => gone.copy(copy) || outcomes.get(copy.id) === 'erased');
  return [
    ...arrived.map((copy): Change => ({ do: 'copy', copy })),
    ...[...taken, ...(last ? pastTerm(view.copies, now) : [])].map(({ id }): Change => ({
      do: 'uncopy',
      id,
    })),
  ];
}

/** All that one answer changes; pure, so that it may be decided again. */
export function changesOf(view: View, applying: Applying): Change[] {
  const { answer, last } = applying;
  const gone = goneWith(view, answer);
  const after = afterOutcomes(view, applying, gone);
  const now = instant(ports.clock.now());
  const changes = [
    ...copyChanges(view, applying, gone),
    ...outboxChanges(view, after),
    ...dossierChanges(answer.dossiers, after),
    ...staleChanges(view, applying, gone),
    ...[...gone.whole].map((id): Change => ({ do: 'drop', id })),
  ];
  // Only the last part knows what must go.
  if (!answer.more) changes.push(...dropChanges(answer.drops, after));
  // Without dossiers to go with it, a receipt would promise what we do not hold.
  if (!answer.need_holdings && answer.receipt !== null) {
    changes.push({ do: 'remember', key: 'receipt', value: answer.receipt });
  }
  // A server that was put back to an older day may not know this phone's key any more.
  if (answer.need_holdings) changes.push({ do: 'remember', key: 'enrolled', value: null });
  if (answer.renew !== (view.meta('renew') !== null)) {
    changes.push({ do: 'remember', key: 'renew', value: answer.renew ? now : null });
  }
  if (tellsUser(gone, view)) changes.push({ do: 'remember', key: 'erased', value: now });
  if (last) changes.push({ do: 'remember', key: 'last_success', value: now });
  return changes;
}
