/** A phone for tests: an empty store, seeded ports, a fake server, and a few dossiers. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import Dexie from 'dexie';
import { setAccessToken } from '../src/api/token';
import { ports } from '../src/lib/ports';
import { overlay } from '../src/overlays';
import { closeStore, openStore } from '../src/store/current';
import { dataKey } from '../src/store/sealing';
import { installOverlay, shownMutations } from '../src/store/overlaid';
import { openSealed } from '../src/store/opening';
import type { Store } from '../src/store/types';
import type {
  Dossier,
  DossierBodies,
  DossierKind,
  HouseholdBody,
  OutboxEntry,
  RoundBody,
  Shown,
  StopBody,
} from '../src/sync/wire';
import { FakeServer } from './fake-server';

export const ME = '0a000000-0000-4000-8000-000000000001';
export const STOP = '0b000000-0000-4000-8000-000000000001';
export const ROUND = '0c000000-0000-4000-8000-000000000001';
export const HOUSEHOLD = '0d000000-0000-4000-8000-000000000001';
export const TALK = '0e000000-0000-4000-8000-000000000001';
export const PLAN = '0f000000-0000-4000-8000-000000000001';

export const round: RoundBody = {
  date: '2026-02-03',
  day_part: 'afternoon',
  state: 'published',
  campaign: {
    id: 'campaign',
    name: 'Voorjaar',
    letter_on: '2026-01-20',
    ends_on: '2026-04-01',
    aftercare_weeks: 6,
    guide_id: 'guide',
    consent_text_id: 'consent-text',
  },
  base: { name: 'De Schakel', address: '', opening_hours: '' },
  pair: [{ id: ME, first_name: 'Bo' }],
  stops: [{ id: STOP, position: 1 }],
};

export const stop: StopBody = {
  round_id: ROUND,
  position: 1,
  address: {
    id: 'address',
    street: 'Wilgenhof',
    number: '12',
    postcode: '1234AB',
    city: 'Verzonnen',
    entrance: '',
  },
  reserved: {
    attempt_id: 'attempt',
    household_id: HOUSEHOLD,
    conversation_id: TALK,
    plan_id: PLAN,
  },
  split_of: null,
  attempt: null,
  earlier: [],
  notices: [],
  hold: null,
  appointment: null,
  left: false,
  differences: [],
};

export const roundDossier: Dossier = { id: ROUND, kind: 'round', version: 'r1', body: round };
export const stopDossier: Dossier = { id: STOP, kind: 'stop', version: 's1', body: stop };
export const shownStop: Shown<'stop'> = { id: STOP, body: stop };
export const talk = { householdId: HOUSEHOLD, conversationId: TALK };

export interface Phone {
  readonly store: Store;
  readonly server: FakeServer;
}

/** The key of every phone in these tests. */
export function phoneKey(): Promise<CryptoKey> {
  return dataKey(new Uint8Array(32).fill(7));
}

/** Start with nothing on the phone and a round with one door on the server. */
export async function newPhone(): Promise<Phone> {
  closeStore();
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  installOverlay(overlay);
  const server = new FakeServer();
  server.dossiers.set(ROUND, roundDossier).set(STOP, stopDossier);
  ports.network.fetch = server.fetch;
  setAccessToken('token');
  const opened = await openStore(ME, await phoneKey());
  if (!opened.ok) throw new Error(opened.error.kind);
  return { store: opened.value, server };
}

/** The value of a read that must not fail. */
export async function must<T>(
  read: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>,
): Promise<T> {
  const result = await read;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export async function waitingIn(store: Store): Promise<OutboxEntry[]> {
  return (await must(store.entries())).filter(({ state }) => state === 'waiting');
}

/** What a screen would show of this dossier. */
export async function shown<K extends DossierKind>(
  store: Store,
  kind: K,
  id: string,
): Promise<DossierBodies[K] | null> {
  const all = new Map<string, Dossier>();
  for (const known of ['round', 'stop', 'household'] as const) {
    for (const dossier of await must(store.dossiersOf(known))) all.set(dossier.id, dossier);
  }
  const base = all.get(id);
  const body = base?.kind === kind ? (base.body as DossierBodies[K]) : null;
  const mutations = shownMutations(await must(store.entries()));
  return overlay.show(kind, id, body, mutations, { me: ME, stored: (other) => all.get(other) });
}

export async function household(store: Store): Promise<HouseholdBody> {
  const body = await shown(store, 'household', HOUSEHOLD);
  if (body === null) throw new Error('no household');
  return body;
}

/** Every word on this phone's disk, for whoever holds its key: read by a tab that opens it anew. */
export async function everythingStored(): Promise<string> {
  const store = await must(openSealed(ME, await phoneKey()));
  const kinds = ['profile', 'guide', 'consent_text', 'round', 'stop', 'household'] as const;
  const dossiers = await Promise.all(kinds.map((kind) => must(store.dossiersOf(kind))));
  const words = [dossiers, await must(store.entries())];
  store.close();
  return JSON.stringify(words);
}
