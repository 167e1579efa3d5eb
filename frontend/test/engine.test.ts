/** Nothing is lost and nothing is said to be sent, whatever the line does. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConversation } from '../src/features/conversations/acts';
import { recordOutcome, undoVisit } from '../src/features/visits/acts';
import { raiseConcern } from '../src/features/concerns/acts';
import { changesOf } from '../src/sync/apply';
import { syncOnce } from '../src/sync/once';
import { SCHEMA } from '../src/sync/wire';
import { record } from '../src/sync/record';
import type { Mishap } from './fake-server';
import {
  everythingStored,
  HOUSEHOLD,
  must,
  newPhone,
  round,
  roundDossier,
  shown,
  shownStop,
  STOP,
  stop,
  stopDossier,
  waitingIn,
  type Phone,
} from './phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
});

const notice = (on: boolean): Promise<unknown> =>
  must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on } }));

describe('a sync', () => {
  it('brings what is new and sends what waits, in one request', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    expect(await syncOnce(phone.store)).toEqual({ ok: true, value: undefined });
    expect(phone.server.effects.map(({ kind }) => kind)).toEqual(['visit.record']);
    expect(phone.server.requests).toHaveLength(1);
    expect(await must(phone.store.dossier(STOP))).toEqual(stopDossier);
    expect(await waitingIn(phone.store)).toEqual([]);
    expect(await must(phone.store.meta('last_success'))).toBe('2026-02-03T13:00:00Z');
  });

  it('asks with the receipt and the hash, and needs no holdings when they are known', async () => {
    await syncOnce(phone.store);
    await syncOnce(phone.store);
    expect(phone.server.requests).toHaveLength(2);
    expect(phone.server.requests[1]?.receipt).toBe('receipt-1');
  });

  it('names what it holds when a restored server does not know the receipt', async () => {
    await syncOnce(phone.store);
    phone.server.forgetReceipts();
    phone.server.dossiers.delete(STOP);
    await notice(true);
    expect((await syncOnce(phone.store)).ok).toBe(true);
    expect(phone.server.requests.at(-1)?.holdings).toEqual({
      [roundDossier.id]: 'r1',
      [STOP]: 's1',
    });
    expect(await must(phone.store.dossier(STOP))).toBeNull();
    expect(phone.server.effects).toHaveLength(1);
  });

  it('takes an answer in parts and drops only in the last', async () => {
    await syncOnce(phone.store);
    phone.server.dossiers.clear();
    for (const id of ['a', 'b', 'c']) {
      phone.server.dossiers.set(id, { ...stopDossier, id, version: 'v' });
    }
    phone.server.fits = 1;
    const held: string[][] = [];
    const stopWatching = phone.store.observe(
      (reader) => reader.holdings(),
      (result) => {
        if (result.ok) held.push(Object.keys(result.value).sort());
      },
    );
    expect((await syncOnce(phone.store)).ok).toBe(true);
    stopWatching();
    expect(phone.server.requests).toHaveLength(4);
    expect(Object.keys(await must(phone.store.holdings())).sort()).toEqual(['a', 'b', 'c']);
    expect(held.every((ids) => ids.includes(STOP) || ids.includes('c'))).toBe(true);
  });

  it('keeps an acknowledged act on screen until its dossier is here', async () => {
    await syncOnce(phone.store);
    await must(recordOutcome(shownStop, 'not_home'));
    phone.server.dossiers.set(roundDossier.id, { ...roundDossier, version: 'r2' });
    phone.server.dossiers.set(STOP, { ...stopDossier, version: 's2' });
    phone.server.fits = 1;
    const asked = phone.server.fetch;
    let calls = 0;
    const { ports } = await import('../src/lib/ports');
    ports.network.fetch = async (url, init) => {
      calls += 1;
      // The first answer counts the outcome and holds the round only; then the line goes.
      if (calls > 1) throw new TypeError('line cut');
      return asked(url, init);
    };
    expect((await syncOnce(phone.store)).ok).toBe(false);
    expect(await waitingIn(phone.store)).toEqual([]);
    expect((await shown(phone.store, 'stop', STOP))?.attempt?.outcome).toBe('not_home');
    ports.network.fetch = asked;
    expect((await syncOnce(phone.store)).ok).toBe(true);
    expect(await must(phone.store.entries())).toEqual([]);
  });

  it('sends parts when there is more than one request holds, in order', async () => {
    for (let count = 0; count < 12; count += 1) await must(raiseConcern('x'.repeat(50_000)));
    expect((await syncOnce(phone.store)).ok).toBe(true);
    const parts = phone.server.requests.map(({ mutations, more }) => [mutations.length, more]);
    expect(parts).toEqual([
      [4, true],
      [4, true],
      [4, false],
    ]);
    expect(await everythingStored()).not.toContain('xxxx');
  });

  it('halves a part that is too large, and loses nothing', async () => {
    for (let count = 0; count < 9; count += 1) await notice(count % 2 === 0);
    phone.server.takes = 2;
    expect((await syncOnce(phone.store)).ok).toBe(true);
    expect(phone.server.effects).toHaveLength(9);
    expect(await waitingIn(phone.store)).toEqual([]);
  });

  it('goes on with the rest when one thing is too large even alone', async () => {
    await must(raiseConcern('much'));
    await notice(true);
    const { ports } = await import('../src/lib/ports');
    const well = phone.server.fetch;
    ports.network.fetch = async (url, init) =>
      typeof init?.body === 'string' && init.body.includes('much')
        ? new Response('<html>413</html>', { status: 413 })
        : well(url, init);
    expect(await syncOnce(phone.store)).toEqual({ ok: false, error: { kind: 'unwell' } });
    expect(phone.server.effects.map(({ kind }) => kind)).toEqual(['door.notice']);
    expect((await waitingIn(phone.store)).map(({ mutation }) => mutation.kind)).toEqual([
      'concern.raise',
    ]);
  });
});

describe('a mishap', () => {
  const mishaps: Mishap[] = [
    'drop-request',
    'drop-answer',
    'html',
    'no-content',
    'half',
    'wrong-ids',
    'of-another',
    'told-twice',
    'unwell',
    'unauthorised',
  ];

  it.each(mishaps)(
    'of kind %s leaves the work waiting, and the next sync sends it once',
    async (kind) => {
      await must(recordOutcome(shownStop, 'not_home'));
      phone.server.mishaps = [kind];
      const failed = await syncOnce(phone.store);
      const sort = kind === 'unauthorised' ? 'sign-in-needed' : 'offline';
      expect(failed).toEqual({ ok: false, error: { kind: sort } });
      const waiting = await waitingIn(phone.store);
      expect(waiting.map(({ frozen }) => frozen)).toEqual([true]);
      expect(await must(phone.store.meta('last_success'))).toBeNull();
      expect((await syncOnce(phone.store)).ok).toBe(true);
      expect(phone.server.effects).toHaveLength(1);
      expect(await waitingIn(phone.store)).toEqual([]);
    },
  );

  it.each(['html', 'no-content', 'of-another'] as const)(
    'of kind %s with nothing sent changes nothing on the phone',
    async (kind) => {
      phone.server.mishaps = [kind];
      expect(await syncOnce(phone.store)).toEqual({ ok: false, error: { kind: 'offline' } });
      expect(await must(phone.store.holdings())).toEqual({});
      expect(await must(phone.store.meta('receipt'))).toBeNull();
    },
  );

  it('that takes the type off an answer does not keep what is ours from counting', async () => {
    await notice(true);
    phone.server.mishaps = ['no-type'];
    expect(await syncOnce(phone.store)).toEqual({ ok: true, value: undefined });
    expect(await waitingIn(phone.store)).toEqual([]);
  });

  it('never changes what was once sent: an undo after it is a new mutation', async () => {
    await must(recordOutcome(shownStop, 'not_home'));
    phone.server.mishaps = ['drop-answer'];
    await syncOnce(phone.store);
    const now = await shown(phone.store, 'stop', STOP);
    await must(undoVisit({ id: STOP, body: now ?? stop }));
    await syncOnce(phone.store);
    expect(phone.server.effects.map(({ body }) => 'outcome' in body && body.outcome)).toEqual([
      'not_home',
      '',
    ]);
    const sent = phone.server.requests.flatMap(({ mutations }) => mutations);
    expect(JSON.stringify(sent[0])).toBe(JSON.stringify(sent[1]));
  });

  it('in any order loses nothing and does nothing twice', async () => {
    const step = fc.oneof(
      fc.constant('act' as const),
      fc.constantFrom<Mishap>(...mishaps, 'twice', 'too-large'),
      fc.constant('sync' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        phone = await newPhone();
        let made = 0;
        for (const one of steps) {
          if (one === 'act') await notice((made += 1) % 2 === 0);
          else {
            phone.server.mishaps = one === 'sync' ? [] : [one];
            await syncOnce(phone.store);
          }
        }
        phone.server.mishaps = [];
        expect((await syncOnce(phone.store)).ok).toBe(true);
        const ids = phone.server.effects.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toHaveLength(made);
        expect(await must(phone.store.entries())).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('an answer with more to come', () => {
  it('drops nothing yet, whatever it says', () => {
    const view = { entries: [], copies: [], dossier: () => undefined, meta: () => null };
    const part = {
      device_id: 'd',
      ids: [],
      outcomes: [],
      dossiers: [],
      as_expected: [],
      drops: [STOP],
      need_holdings: false,
    };
    const answer = { schema: SCHEMA, receipt: 'r', more: true, erased: [], renew: false, ...part };
    expect(changesOf(view, { answer, last: false })).toEqual([
      { do: 'remember', key: 'receipt', value: 'r' },
    ]);
    const whole = { ...answer, more: false };
    expect(changesOf(view, { answer: whole, last: true })).toContainEqual({ do: 'drop', id: STOP });
  });
});

describe('an outcome', () => {
  it('that puts aside or refuses keeps the words for the person', async () => {
    await notice(true);
    await must(recordOutcome(shownStop, 'not_home'));
    phone.server.answerWith = ({ kind }) =>
      kind === 'door.notice'
        ? { outcome: 'quarantined', code: 'gone' }
        : { outcome: 'refused', code: 'other-body' };
    await syncOnce(phone.store);
    const entries = await must(phone.store.entries());
    expect(entries.map(({ state, code }) => [state, code])).toEqual([
      ['set_aside', 'gone'],
      ['refused', 'other-body'],
    ]);
    expect((await shown(phone.store, 'stop', STOP))?.attempt).toBeNull();
  });

  it('that says erased takes the dossier and everything about it off the phone', async () => {
    await must(openConversation(shownStop, round, true));
    phone.server.answerWith = ({ kind }) =>
      kind === 'conversation.open'
        ? { outcome: 'erased', code: 'erased' }
        : { outcome: 'applied', code: '' };
    await syncOnce(phone.store);
    expect(await everythingStored()).not.toContain(`"dossier_id":"${HOUSEHOLD}"`);
    expect(await must(phone.store.entries())).toEqual([]);
  });
});
