/** Two tabs of one browser share a store: one syncs at a time, and no write is lost. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openSealed } from '../src/store/opening';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { inTurn } from '../src/sync/turn';
import { ME, must, newPhone, phoneKey, STOP, waitingIn, type Phone } from './phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
});

const notice = (on: boolean): Promise<unknown> =>
  must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on } }));

describe('two tabs on one store', () => {
  it('send each mutation once, one request at a time', async () => {
    const other = await must(openSealed(ME, await phoneKey()));
    for (let count = 0; count < 5; count += 1) await notice(count % 2 === 0);
    const here = inTurn(phone.store, () => syncOnce(phone.store));
    const there = inTurn(other, () => syncOnce(other));
    const results = await Promise.all([here, there]);
    expect(results.filter((result) => result === null)).toHaveLength(1);
    expect(phone.server.mostInFlight).toBe(1);
    const sent = phone.server.requests.flatMap(({ mutations }) => mutations);
    expect(sent).toHaveLength(5);
    other.close();
  });

  it('see each other’s acts, and neither overwrites the other', async () => {
    const other = await must(openSealed(ME, await phoneKey()));
    const queue = (store: typeof other, n: number): Promise<unknown> =>
      store.change(({ entries }) => [
        { do: 'remember', key: 'receipt', value: `${String(entries.length)}-${String(n)}` },
        {
          do: 'queue',
          entry: {
            mutation: {
              id: `m-${String(n)}`,
              dossier_id: STOP,
              kind: 'door.leave',
              schema: 1,
              made_at: '',
              body: { on: true },
            },
            frozen: false,
            held: false,
            state: 'waiting',
            outcome: null,
            code: '',
          },
        },
      ]);
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => queue(n % 2 ? other : phone.store, n)));
    expect(await waitingIn(phone.store)).toHaveLength(6);
    expect(await must(phone.store.meta('receipt'))).toMatch(/^5-/);
    other.close();
  });
});

describe('one tab', () => {
  it('reads nothing older than the change that was asked before it', async () => {
    const early = phone.store.meta('receipt');
    const changed = phone.store.change(() => [{ do: 'remember', key: 'receipt', value: 'new' }]);
    const late = phone.store.meta('receipt');
    await must(changed);
    expect([await must(early), await must(late)]).toEqual([null, 'new']);
  });
});
