/** Long away: everything written has an outcome, and what was thrown away meanwhile stays away. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import Dexie from 'dexie';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { setAccessToken } from '../../src/api/token';
import { raiseConcern } from '../../src/features/concerns/acts';
import {
  assess,
  openConversation,
  recordConsent,
  type Talk,
} from '../../src/features/conversations/acts';
import { writeNote } from '../../src/features/conversations/notes';
import { setGoal } from '../../src/features/plans/acts';
import { noticeDoor } from '../../src/features/visits/acts';
import { ports } from '../../src/lib/ports';
import type { SeededPorts } from '../../src/lib/ports-seeded';
import { overlay } from '../../src/overlays';
import { handOver } from '../../src/session/handing-over';
import { closeStore, openStore } from '../../src/store/current';
import { installOverlay } from '../../src/store/overlaid';
import { dataKey } from '../../src/store/sealing';
import type { OutboxEntry, Store } from '../../src/store/types';
import { syncOnce } from '../../src/sync/once';
import type { RoundBody, StopBody } from '../../src/sync/wire';
import { copiesOn, dossiersOn, underWay } from '../model/phones';
import type { Town } from '../model/server';
import { must } from '../phone';
import { answerOf, askedOf, bytesOf } from './plain-line';
import { AwayServer } from './server';

// A server of its own starts first, and a busy machine is no fault of the phone.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const HOUSEHOLDS = 24;
const ERASED = 20;
const UNSENT = 300;

interface Door {
  readonly id: string;
  readonly body: StopBody;
}

let server: AwayServer;
let town: Town;
let marks: Map<string, string[]>;

beforeAll(() => {
  server = new AwayServer();
});
afterAll(() => {
  server.stop();
});

const talkAt = ({ body: { reserved } }: Door): Talk => ({
  householdId: reserved.household_id,
  conversationId: reserved.conversation_id,
});

/** Words that are written once, about this household. */
function word(householdId: string): string {
  const about = marks.get(householdId) ?? [];
  const mark = `merk-${String([...marks.values()].flat().length + 1)}`;
  marks.set(householdId, [...about, mark]);
  return mark;
}

async function note(talk: Talk): Promise<void> {
  const place = { id: ports.random.uuid(), domain: 'social_contacts', position: 0 };
  const editor = writeNote(talk, place, null);
  await must(editor.write(word(talk.householdId)));
  await must(editor.release());
}

/** A day's work that arrives: a talk at each door, and one note in it. */
async function firstDay(store: Store): Promise<Door[]> {
  await must(syncOnce(store));
  const dossiers = await dossiersOn(store);
  const rounds = dossiers.filter(({ kind }) => kind === 'round');
  const street = rounds.find(({ body }) => (body as RoundBody).stops.length === HOUSEHOLDS)!;
  const doors = dossiers.filter(
    (one): one is typeof one & Door =>
      one.kind === 'stop' && (one.body as StopBody).round_id === street.id,
  );
  const round = street.body as RoundBody;
  for (const door of doors) {
    await must(openConversation(door, round, true));
    const consentTextId = round.campaign.consent_text_id;
    const given = { purpose: 'note', given: true, consentTextId, language: 'nl' } as const;
    await must(recordConsent(talkAt(door), given).saved);
    await note(talkAt(door));
  }
  await must(syncOnce(store));
  expect(underWay(await must(store.entries()))).toEqual([]);
  return doors;
}

/** Everything after that stays on the phone. */
async function offline(store: Store, doors: readonly Door[]): Promise<OutboxEntry[]> {
  let entries: OutboxEntry[] = [];
  for (let round = 0; entries.length < UNSENT; round += 1) {
    for (const door of doors) {
      const talk = talkAt(door);
      await note(talk);
      const text = word(talk.householdId);
      const goal = { id: ports.random.uuid(), position: round, domain: '', text };
      await must(setGoal({ ...talk, planId: door.body.reserved.plan_id }, goal, null));
      await must(noticeDoor(door.id, 'dog', round % 2 === 0));
      const shown = round === 0 ? null : 'goes_well';
      if (round < 2) {
        const answer = round === 0 ? 'goes_well' : 'help_wanted';
        await must(assess(talk, 'money_and_schemes', answer, shown));
      }
    }
    await must(raiseConcern(word('worries')));
    entries = await must(store.entries());
  }
  return entries;
}

/** The round is another pair's, the district too, and most households had all thrown away. */
async function meanwhile(doors: readonly Door[], round: string, days: number): Promise<string[]> {
  const { municipality, people } = town;
  const pair = [people.other_volunteer, people.partner_of_pair];
  await server.deed('reassign', { round, pair });
  await server.deed('take_districts', { account: people.volunteer });
  const erased = doors.slice(0, ERASED).map((door) => door.body.reserved.household_id);
  for (const household of erased) {
    expect(await server.deed('erase', { municipality, household })).toEqual({ done: true });
  }
  await server.deed('travel', { municipality, days });
  (ports as SeededPorts).advance(days * DAY);
  return erased;
}

async function begin(seed: number): Promise<{ store: Store; round: string }> {
  closeStore();
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  installOverlay(overlay);
  marks = new Map();
  ports.network.fetch = async (url, init) => {
    const reply = await server.request(await askedOf(url, init));
    return answerOf(reply.status, reply.type, bytesOf(reply));
  };
  town = await server.reset(seed);
  const { volunteer, partner_of_pair } = town.people;
  const street = { doors: HOUSEHOLDS, pair: [volunteer, partner_of_pair] };
  const { round } = await server.deed<{ round: string }>('long_street', street);
  setAccessToken(await server.signIn(volunteer));
  const store = await must(openStore(volunteer, await dataKey(new Uint8Array(32).fill(7))));
  return { store, round };
}

test.each([
  [90, 'with a line'],
  [400, 'with a line'],
  [90, 'after its time was over'],
  [400, 'after its time was over'],
] as const)(
  '%i days away and opened %s: each of 300 mutations has an outcome, nothing erased is back',
  async (days, opened) => {
    const { store, round } = await begin(days);
    const { volunteer } = town.people;
    const doors = await firstDay(store);
    const before = new Set([...marks.values()].flat());
    const written = await offline(store, doors);
    expect(written.length).toBeGreaterThanOrEqual(UNSENT);
    const erased = await meanwhile(doors, round, days);
    setAccessToken(await server.signIn(volunteer));
    if (opened === 'with a line') await must(syncOnce(store));
    else {
      closeStore();
      expect(await handOver(volunteer, 'lapsed')).toMatchObject({ ok: true });
    }
    const { outcomes, marks: there, erased: ended } = await server.look([volunteer]);
    expect(written.filter(({ mutation }) => outcomes[mutation.id] === undefined)).toEqual([]);
    expect(ended).toEqual(expect.arrayContaining(erased));
    for (const [household, words] of marks) {
      const found = words.filter((mark) => there.includes(mark));
      if (erased.includes(household)) expect(found).toEqual([]);
      // Of who is still there every word that came now can be read somewhere, be it in quarantine.
      else expect(found).toEqual(expect.arrayContaining(words.filter((one) => !before.has(one))));
    }
    expect(there).toEqual(expect.arrayContaining(marks.get('worries')!));
    if (opened === 'with a line') await expectBare(store, erased);
  },
);

/** Nothing waits, the street is gone, and of households only those whose open talk is ours are left. */
async function expectBare(store: Store, erased: readonly string[]): Promise<void> {
  const entries = await must(store.entries());
  expect(underWay(entries)).toEqual([]);
  const dossiers = await dossiersOn(store);
  expect(dossiers.filter(({ kind }) => kind === 'round' || kind === 'stop')).toEqual([]);
  const households = dossiers.filter(({ kind }) => kind === 'household').map(({ id }) => id);
  expect(households).toHaveLength(HOUSEHOLDS - ERASED);
  const about = [...entries.map(({ mutation }) => mutation), ...(await copiesOn(store))];
  const here = [...households, ...about.map(({ dossier_id }) => dossier_id)];
  expect(here.filter((id) => erased.includes(id))).toEqual([]);
}
