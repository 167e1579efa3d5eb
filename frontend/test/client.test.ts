/** The token is renewed once, and what is not ours is never taken for an answer. */
import { beforeEach, describe, expect, it } from 'vitest';
import { getAgain } from '../src/api/again';
import { get, post, upload } from '../src/api/client';
import { signOutHere } from '../src/api/sessions';
import { packed } from '../src/api/transport';
import { setAccessToken } from '../src/api/token';
import { ports } from '../src/lib/ports';

function answer(status: number, body: unknown, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
}

let asked: { url: string; headers: Headers }[] = [];

function serve(...answers: (Response | 'no line')[]): void {
  asked = [];
  ports.network.fetch = (url, init) => {
    asked.push({ url, headers: new Headers(init?.headers) });
    const next = answers.shift() ?? 'no line';
    return next === 'no line' ? Promise.reject(new TypeError('no line')) : Promise.resolve(next);
  };
}

beforeEach(() => {
  setAccessToken('old');
  document.cookie = 'csrf_refresh_token=twin';
});

describe('signing out', () => {
  it('with a token that ran out still closes the session at the server', async () => {
    const refused = { code: 'not-signed-in' };
    serve(answer(401, refused), answer(200, { access_token: 'new' }), answer(200, null));
    await signOutHere();
    expect(asked.map(({ url }) => url)).toEqual([
      '/v1/sessions/current',
      '/v1/sessions/refresh',
      '/v1/sessions/current',
    ]);
    expect(asked[2]?.headers.get('Authorization')).toBe('Bearer new');
  });
});

describe('a file', () => {
  it.each([
    [10, 60_000],
    [25_000_000, 260_000],
  ])('of %i bytes is waited for as long as a slow line needs', async (size, longest) => {
    const waits: number[] = [];
    const { set } = ports.timers;
    ports.timers.set = (run, milliseconds) => {
      waits.push(milliseconds);
      return set(run, milliseconds);
    };
    serve(answer(202, {}));
    await upload('/address-imports', new File([new Uint8Array(size)], 'bag.zip'));
    ports.timers.set = set;
    expect(waits.map(Math.floor)).toEqual([longest]);
  });
});

describe('a request', () => {
  it('with a token that ran out refreshes once and tries once more', async () => {
    const refused = { code: 'sign-in-needed' };
    serve(answer(401, refused), answer(200, { access_token: 'new' }), answer(200, { name: 'x' }));
    expect(await get('/municipality')).toEqual({ ok: true, value: { name: 'x' } });
    expect(asked.map(({ url }) => url)).toEqual([
      '/v1/municipality',
      '/v1/sessions/refresh',
      '/v1/municipality',
    ]);
    expect(asked[1]?.headers.get('X-CSRF-TOKEN')).toBe('twin');
    expect(asked[2]?.headers.get('Authorization')).toBe('Bearer new');
  });

  it('two at once share one refresh', async () => {
    setAccessToken(null);
    serve(answer(200, { access_token: 'new' }), answer(200, 1), answer(200, 2));
    await Promise.all([get('/one'), get('/two')]);
    expect(asked.filter(({ url }) => url.endsWith('/refresh'))).toHaveLength(1);
  });

  it('is not ours when a portal answers, and offline when nobody does', async () => {
    const portal = new Response('<html>', { headers: { 'Content-Type': 'text/html' } });
    serve(portal, 'no line');
    expect(await get('/one')).toMatchObject({ ok: false, error: { kind: 'not-ours' } });
    expect(await get('/one')).toMatchObject({ ok: false, error: { kind: 'offline', errors: [] } });
  });

  it('whose answer could not be read asks for an unpacked one, and the other way after that', async () => {
    const packed = (): Response =>
      new Response(Uint8Array.of(0x1b, 0x02, 0x00), {
        headers: { 'Content-Type': 'application/json' },
      });
    serve(answer(200, 0), packed(), answer(200, 1), answer(200, 2), packed(), answer(200, 3));
    for (let count = 0; count < 6; count += 1) await get('/one');
    expect(asked.map(({ headers }) => headers.has('X-Unpacked'))).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('brings every input error of a problem', async () => {
    const errors = [{ pointer: '/name', code: 'missing', detail: 'Vul dit in.' }];
    serve(answer(400, { code: 'invalid-input', errors }, 'application/problem+json'));
    expect(await post('/teams', {})).toMatchObject({
      ok: false,
      error: { kind: 'problem', status: 400, code: 'invalid-input', errors },
    });
  });

  it('packs what is longer than a kilobyte', async () => {
    expect((await packed('short')).gzip).toBe(false);
    const { body, gzip } = await packed('long '.repeat(1_000));
    expect(gzip).toBe(true);
    expect((body as ArrayBuffer).byteLength).toBeLessThan(500);
  });
});

describe('what is asked for again and again', () => {
  it('names what it saw, and keeps it as long as the server says that it still holds', async () => {
    const first = answer(200, { done: 1 });
    first.headers.set('ETag', 'W/"a"');
    serve(first, new Response(null, { status: 304 }), answer(200, { done: 2 }));
    const seen = await getAgain<{ done: number }>('/jobs/j', null);
    if (!seen.ok) throw new Error('not seen');
    expect(seen.value).toEqual({ tag: 'W/"a"', value: { done: 1 } });
    expect(await getAgain('/jobs/j', seen.value)).toEqual(seen);
    const changed = await getAgain('/jobs/j', seen.value);
    expect(changed).toEqual({ ok: true, value: { tag: null, value: { done: 2 } } });
    expect(asked.map(({ headers }) => headers.get('If-None-Match'))).toEqual([
      null,
      'W/"a"',
      'W/"a"',
    ]);
  });
});
