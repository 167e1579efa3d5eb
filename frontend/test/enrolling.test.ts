/** The server hears a phone's key before anything else of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ports } from '../src/lib/ports';
import { syncOnce } from '../src/sync/once';
import { REMOVAL_CHECK } from './fake-server';
import { must, newPhone, type Phone } from './phone';

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
});

describe('a phone whose key did not arrive', () => {
  it('sends nothing yet: known without its key, it could not hand over once it is lost', async () => {
    const { fetch } = ports.network;
    const answers = [
      () => Promise.reject(new TypeError('line cut')),
      () => Promise.resolve(new Response('<html>Log in to the café</html>')),
      () => Promise.resolve(new Response('', { status: 502 })),
    ];
    ports.network.fetch = (url, init) => {
      const answer = url.endsWith('/v1/devices') ? answers.shift() : undefined;
      return answer?.() ?? fetch(url, init);
    };
    for (let left = answers.length; left > 0; left -= 1) {
      expect(await syncOnce(phone.store)).toEqual({ ok: false, error: { kind: 'offline' } });
      expect(phone.server.requests).toEqual([]);
    }
    await must(syncOnce(phone.store));
    expect(phone.server.requests).not.toEqual([]);
    expect(await must(phone.store.meta('enrolled'))).toBe(REMOVAL_CHECK);
  });

  it('syncs all the same where the server will not have it', async () => {
    const { fetch } = ports.network;
    const headers = { 'Content-Type': 'application/problem+json' };
    const refusal = JSON.stringify({ code: 'device-key-differs', title: '', detail: '' });
    ports.network.fetch = (url, init) =>
      url.endsWith('/v1/devices')
        ? Promise.resolve(new Response(refusal, { status: 409, headers }))
        : fetch(url, init);
    await must(syncOnce(phone.store));
    expect(phone.server.requests).not.toEqual([]);
  });
});
