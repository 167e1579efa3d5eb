/** Planted bugs of the phone's side: put into this process only, never into what is shipped. */
import { ports } from '../../src/lib/ports';
import { dropLoose, looseLeft } from '../../src/store/loose';
import { ok } from '../../src/lib/result';
import type { OutboxEntry, Store } from '../../src/store/types';
import type { SyncAnswer } from '../../src/sync/wire';
import { must } from '../phone';

/** Where a bug can be put in. */
export interface Planted {
  /** In the ground that phones stand on, before anything begins; gives how to take it out. */
  readonly below?: () => () => void;
  /** In every store that is opened. */
  readonly onOpen?: (store: Store) => void;
  /** The phone misreads what came. */
  readonly misread?: (answer: SyncAnswer) => SyncAnswer;
  /** After a sync that did not end well. */
  readonly afterFailure?: (store: Store) => Promise<void>;
  /** After something its user did, as part of it. */
  readonly afterDeed?: (store: Store, deed: string) => Promise<void>;
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

const NONCE_BYTES = 12;

/** The same nonces again and again. */
function fewNonces(): () => void {
  const { bytes } = ports.random;
  let count = 0;
  ports.random.bytes = (length) =>
    length === NONCE_BYTES
      ? new Uint8Array(length).fill((count = (count + 1) % 32))
      : bytes(length);
  return () => {
    ports.random.bytes = bytes;
  };
}

/** Records of a phone are sealed without the place where they lie. */
function withoutPlace(): () => void {
  const { encrypt, decrypt } = SubtleCrypto.prototype;
  const placeless = (how: unknown): AesGcmParams => {
    const { additionalData, ...rest } = how as AesGcmParams;
    const place = additionalData === undefined ? '' : Buffer.from(additionalData as Uint8Array);
    return String(place).startsWith('voordeur seal') ? rest : (how as AesGcmParams);
  };
  Object.assign(SubtleCrypto.prototype, {
    encrypt(this: SubtleCrypto, how: unknown, key: CryptoKey, data: Uint8Array<ArrayBuffer>) {
      return encrypt.call(this, placeless(how), key, data);
    },
    decrypt(this: SubtleCrypto, how: unknown, key: CryptoKey, data: Uint8Array<ArrayBuffer>) {
      return decrypt.call(this, placeless(how), key, data);
    },
  });
  return () => {
    Object.assign(SubtleCrypto.prototype, { encrypt, decrypt });
  };
}

/** Bugs of the phone by name; those of the server are in tests/model/mutants.py. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'queue-cleared-without-outcome': {
    afterFailure: (store) => clear(store, ({ frozen, state }) => frozen && state === 'waiting'),
  },
  'queue-cleared-on-leaving': {
    onLeaving: (store) => clear(store, ({ state }) => state === 'waiting'),
  },
  'act-clears-queue': {
    afterDeed: (store, deed) =>
      deed === 'note' ? clear(store, ({ held }) => !held) : Promise.resolve(),
  },
  'loose-lost-on-opening': {
    onStart: async ({ accountId }) => {
      const { notes } = await must(looseLeft(accountId));
      const ids = notes.map(({ id }) => id);
      if (ids.length > 0) await must(dropLoose(accountId, ids));
    },
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
  'nonce-reuse': { below: fewNonces },
  'aad-missing': { below: withoutPlace },
  'drop-applied-after-restore': {
    onOpen: (store) => {
      const boxes = store.copyBoxes.bind(store);
      // All but the last were applied once: they go before the server has them again.
      store.copyBoxes = async () => {
        const found = await boxes();
        await must(store.change(({ copies }) => copies.map(({ id }) => ({ do: 'uncopy', id }))));
        return found.ok ? ok(found.value.slice(-1)) : found;
      };
    },
  },
  'copies-not-kept': {
    onOpen: (store) => {
      const change = store.change.bind(store);
      store.change = (plan) => change((view) => plan(view).filter((one) => one.do !== 'copy'));
    },
  },
  'drops-unheard': { misread: (answer) => ({ ...answer, drops: [] }) },
};
