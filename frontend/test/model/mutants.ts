/** Planted bugs of the phone's side: put into this process only, never into what is shipped. */
import type { OutboxEntry, Store } from '../../src/store/types';
import type { SyncAnswer } from '../../src/sync/wire';
import { must } from '../phone';

/** Where a bug can be put in. */
export interface Planted {
  /** The phone misreads what came. */
  readonly misread?: (answer: SyncAnswer) => SyncAnswer;
  /** After a sync that did not end well. */
  readonly afterFailure?: (store: Store) => Promise<void>;
  /** When the app is killed or its user signs out. */
  readonly onLeaving?: (store: Store) => Promise<void>;
  /** When the app starts. */
  readonly onStart?: (store: Store) => Promise<void>;
}

async function clear(store: Store, which: (entry: OutboxEntry) => boolean): Promise<void> {
  await must(
    store.change(({ entries }) => entries.filter(which).map(({ seq }) => ({ do: 'unqueue', seq }))),
  );
}

/** Bugs of the phone by name; those of the server are in tests/model/mutants.py. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'queue-cleared-without-outcome': {
    afterFailure: (store) => clear(store, ({ frozen, state }) => frozen && state === 'waiting'),
  },
  'queue-cleared-on-leaving': {
    onLeaving: (store) => clear(store, ({ state }) => state === 'waiting'),
  },
  'frozen-thaws': {
    onStart: async (store) => {
      await must(
        store.change(({ entries }) =>
          entries
            .filter(({ frozen, state }) => frozen && state === 'waiting')
            .map((entry) => ({ do: 'amend', entry: { ...entry, frozen: false } })),
        ),
      );
    },
  },
  'off-by-one-part': { misread: (answer) => ({ ...answer, more: false }) },
  'erasure-unheard': { misread: (answer) => ({ ...answer, erased: [] }) },
  'drops-unheard': { misread: (answer) => ({ ...answer, drops: [] }) },
};
