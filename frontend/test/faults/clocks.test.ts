/** Whatever the phone's clock does: the same order, writing never blocked, the lease never longer. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setAccessToken } from '../../src/api/token';
import { openConversation, recordConsent } from '../../src/features/conversations/acts';
import { ports } from '../../src/lib/ports';
import { closeStore, openStore } from '../../src/store/current';
import { copyOf, pastTerm } from '../../src/store/copies';
import { beginLease, isOver, leftOf, lookAtLease } from '../../src/store/lease';
import { openSealed } from '../../src/store/opening';
import { newEntry, record } from '../../src/sync/record';
import { syncOnce } from '../../src/sync/once';
import { inTurn } from '../../src/sync/turn';
import type { Outcome, RoundBody, StopBody } from '../../src/sync/wire';
import { dossiersOn, underWay } from '../model/phones';
import { ME, must, newPhone, phoneKey, STOP } from '../phone';
import { answerOf, askedOf, bytesOf } from './plain-line';
import { AwayServer } from './server';

// A server of its own starts first, and a busy machine is no fault of the phone.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
/** The last second of winter time and the first of summer time, and the other way about. */
const CHANGES = [
  '2026-03-29T00:59:59Z',
  '2026-03-29T01:00:00Z',
  '2026-10-25T00:59:59Z',
  '2026-10-25T01:00:00Z',
];
const NOON = Date.parse('2026-02-03T13:00:00Z');

let clock = NOON;
beforeEach(() => {
  clock = NOON;
  ports.clock = { now: () => new Date(clock) };
});

const jump = fc.oneof(
  fc.constantFrom(DAY, -DAY, 10 * YEAR, -10 * YEAR, HOUR, -HOUR),
  fc.integer({ min: -DAY, max: DAY }),
);

describe('a phone whose clock jumps', () => {
  it('says everything in the order in which it was made, and is never kept from writing', async () => {
    const step = fc.oneof(
      jump,
      fc.constantFrom('act' as const, 'act' as const, 'sync' as const),
      fc.constantFrom(...CHANGES),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        const { store, server } = await newPhone();
        clock = NOON;
        const made: string[] = [];
        for (const one of steps) {
          if (typeof one === 'number') clock += one;
          else if (one === 'sync') await must(syncOnce(store));
          else if (one !== 'act') clock = Date.parse(one);
          else {
            const body = { notice: 'dog', on: made.length % 2 === 0 } as const;
            await must(record({ kind: 'door.notice', dossier_id: STOP, body }));
            made.push((await must(store.entries())).at(-1)!.mutation.id);
          }
        }
        await must(syncOnce(store));
        expect(server.effects.map(({ id }) => id)).toEqual(made);
        expect(underWay(await must(store.entries()))).toEqual([]);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('is not kept from syncing by a tab that died while the clock was ten years ahead', async () => {
    const { store } = await newPhone();
    const dead = await must(openSealed(ME, await phoneKey()));
    clock += 10 * YEAR;
    void inTurn(dead, () => new Promise(() => undefined));
    await expect.poll(() => must(store.meta('turn'))).not.toBeNull();
    clock -= 10 * YEAR;
    expect(await inTurn(store, () => syncOnce(store))).toMatchObject({ ok: true });
    dead.close();
  });

  it('keeps no copy for the server longer for it', () => {
    const body = { notice: 'dog', on: true } as const;
    const { mutation } = newEntry({ kind: 'door.notice', dossier_id: STOP, body });
    const kept = (at: number): ReturnType<typeof copyOf> =>
      copyOf(mutation, 1, new Date(at).toISOString());
    const gone = pastTerm([kept(NOON + 10 * YEAR)], new Date(NOON));
    expect(gone).toHaveLength(1);
    expect(pastTerm([kept(NOON + DAY), kept(NOON - 13 * DAY)], new Date(NOON))).toEqual([]);
  });
});

describe('a lease on the disk', () => {
  const move = fc.record({ passes: fc.integer({ min: 0, max: 6 * HOUR }), set: jump });

  it('is never a moment longer after the clock was set back, look by look', async () => {
    await newPhone();
    let account = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 16 }), async (moves) => {
        const user = `0a000000-0000-4000-8000-${String((account += 1)).padStart(12, '0')}`;
        clock = NOON;
        await must(beginLease(user, clock));
        let forward = 0;
        for (const { passes, set } of moves) {
          const before = await must(lookAtLease(user, (clock += passes)));
          forward += passes + Math.max(0, set);
          const after = await must(lookAtLease(user, (clock += set)));
          expect(leftOf(after!)).toBeLessThanOrEqual(leftOf(before!));
          expect(isOver(after!)).toBe(forward >= 72 * HOUR);
        }
      }),
      { numRuns: 40, seed: 12 },
    );
  });

  it('counts short looks too: set back by seconds, again and again, it ends all the same', async () => {
    await newPhone();
    await must(beginLease(ME, clock));
    for (let second = 0; second < 100; second += 1) {
      await must(lookAtLease(ME, (clock += 9_000)));
      await must(lookAtLease(ME, (clock -= 9_000)));
    }
    expect(leftOf((await must(lookAtLease(ME, clock)))!)).toBe(72 * HOUR - 900_000);
  });
});

describe('the real app, told by a phone with a wrong clock', () => {
  let server: AwayServer;
  beforeAll(() => {
    server = new AwayServer();
  });
  afterAll(() => {
    server.stop();
  });

  it('takes everything in the order of making, in whatever year it was said', async () => {
    await newPhone();
    closeStore();
    const { people } = await server.reset(1);
    ports.network.fetch = async (url, init) => {
      const reply = await server.request(await askedOf(url, init));
      return answerOf(reply.status, reply.type, bytesOf(reply));
    };
    setAccessToken(await server.signIn(people.volunteer));
    const store = await must(openStore(people.volunteer, await phoneKey()));
    await must(syncOnce(store));
    const dossiers = await dossiersOn(store);
    const round = dossiers.find(({ kind }) => kind === 'round')!.body as RoundBody;
    const [door, other] = dossiers.flatMap((one) =>
      one.kind === 'stop' ? [{ id: one.id, body: one.body as StopBody }] : [],
    );
    const { household_id: householdId, conversation_id: conversationId } = other!.body.reserved;
    await must(openConversation(other!, round, true));
    const consentTextId = round.campaign.consent_text_id;
    const note = { purpose: 'note', given: true, consentTextId, language: 'nl' } as const;
    await must(recordConsent({ householdId, conversationId }, note).saved);
    const said: Outcome[] = ['not_home', 'leaflet', 'no_access', 'spoke_briefly'];
    const moments = [0, DAY, -DAY, 10 * YEAR, -10 * YEAR].map((by) => NOON + by);
    let from: Outcome | '' = '';
    for (const [at, moment] of [...moments, ...CHANGES.map(Date.parse)].entries()) {
      clock = moment;
      const outcome = said[at % said.length]!;
      const date = new Date(moment).toISOString().slice(0, 10);
      const body = { outcome, from, details: {}, date, day_part: 'afternoon' } as const;
      const text = `woord ${String(at)}`;
      const place = { note_id: ports.random.uuid(), conversation_id: conversationId, position: at };
      await must(
        record(
          { kind: 'visit.record', dossier_id: door!.id, body },
          { kind: 'note.add', dossier_id: householdId, body: { ...place, domain: '', text } },
        ),
      );
      from = outcome;
      if (at % 2 === 0) await must(syncOnce(store));
    }
    await must(syncOnce(store));
    const { outcomes, differences, holdings } = await server.look([people.volunteer]);
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['applied']));
    expect(differences).toEqual([]);
    const shown = holdings[people.volunteer]?.[door!.id]?.body as StopBody;
    expect(shown.attempt?.outcome).toBe(from);
    expect(await must(store.entries())).toEqual([]);
  });
});
