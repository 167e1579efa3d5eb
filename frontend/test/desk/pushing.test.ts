/** Notifications in this browser, against a browser made here: what it can, lets, and holds. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NoPushService, pushState, turnOff, turnOn } from '../../src/features/access/desk/pushing';
import { fromBase64 } from '../../src/lib/bytes';
import { replacePorts } from '../../src/lib/ports';

const KEY = 'BAEC_-8';
const OTHER_KEY = 'BAEC';
const ADDRESS = 'https://push.example/one';

/** A browser with a push manager; `asked` is what its owner answers. */
class Browser {
  held: { key: string } | null = null;
  serviceAnswers = true;
  asked: NotificationPermission = 'granted';
  readonly told: { path: string; body: unknown }[] = [];
  refuses = false;

  private subscription(): unknown {
    if (this.held === null) return null;
    const base64 = this.held.key.replaceAll('-', '+').replaceAll('_', '/');
    return {
      endpoint: ADDRESS,
      options: {
        applicationServerKey: fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))
          .buffer,
      },
      unsubscribe: () => {
        this.held = null;
        return Promise.resolve(true);
      },
    };
  }

  readonly manager = {
    getSubscription: () => Promise.resolve(this.subscription()),
    subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
      if (!this.serviceAnswers) return Promise.reject(new DOMException('none', 'AbortError'));
      this.held = { key: applicationServerKey };
      return Promise.resolve(this.subscription());
    },
  };
}

let browser: Browser;
let putBack: () => void;

function allow(permission: NotificationPermission): void {
  vi.stubGlobal('Notification', {
    permission,
    requestPermission: () => Promise.resolve(browser.asked),
  });
}

beforeEach(() => {
  browser = new Browser();
  const registration = { pushManager: browser.manager };
  vi.stubGlobal('PushManager', Object);
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: {
      getRegistration: () => Promise.resolve(registration),
      ready: Promise.resolve(registration),
    },
  });
  allow('default');
  putBack = replacePorts({
    network: {
      fetch: (url, init) => {
        const body: unknown = JSON.parse((init?.body as string | undefined) ?? 'null');
        browser.told.push({ path: url.replace(/^.*\/v1/, ''), body });
        const status = browser.refuses ? 409 : 201;
        const answer = { code: 'push-not-set-up', title: 'Nee', detail: 'Nee', status, errors: [] };
        const type = browser.refuses ? 'application/problem+json' : 'application/json';
        const headers = { 'Content-Type': type, 'API-Version': '0.1.0' };
        return Promise.resolve(new Response(JSON.stringify(answer), { status, headers }));
      },
    },
  });
});

afterEach(() => {
  putBack();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

test('a browser without workers cannot', async () => {
  Reflect.deleteProperty(navigator, 'serviceWorker');
  expect(await pushState(KEY)).toBe('not_supported');
  expect(await turnOn(KEY)).toEqual({ ok: true, value: 'not_supported' });
});

test('a browser that was told no says so, and is not asked again', async () => {
  allow('denied');
  expect(await pushState(KEY)).toBe('refused');
});

test('turned on, the server hears where it is reached and nothing else', async () => {
  expect(await pushState(KEY)).toBe('off');
  expect(await turnOn(KEY)).toEqual({ ok: true, value: 'on' });
  expect(await pushState(KEY)).toBe('on');
  expect(browser.told).toEqual([{ path: '/me/push-browsers', body: { endpoint: ADDRESS } }]);
});

test('who says no to the browser is told so, who says nothing may try again', async () => {
  browser.asked = 'denied';
  expect(await turnOn(KEY)).toEqual({ ok: true, value: 'refused' });
  browser.asked = 'default';
  expect(await turnOn(KEY)).toEqual({ ok: true, value: 'off' });
  expect(browser.told).toEqual([]);
});

test('without a push service nothing is on and nothing is told', async () => {
  browser.serviceAnswers = false;
  await expect(turnOn(KEY)).rejects.toThrow(NoPushService);
  expect(await pushState(KEY)).toBe('off');
  expect(browser.told).toEqual([]);
});

test('what the server refuses is off in the browser too', async () => {
  browser.refuses = true;
  const refused = await turnOn(KEY);
  expect(refused.ok).toBe(false);
  expect(await pushState(KEY)).toBe('off');
});

test('on for a server before this one is off, and makes room', async () => {
  browser.held = { key: OTHER_KEY };
  expect(await pushState(KEY)).toBe('off');
  await turnOn(KEY);
  expect(await pushState(KEY)).toBe('on');
});

test('turned off, the browser ends it and the server hears', async () => {
  await turnOn(KEY);
  expect(await turnOff()).toEqual({ ok: true, value: 'off' });
  expect(browser.held).toBeNull();
  expect(browser.told.at(-1)).toEqual({
    path: '/me/push-browsers/removal',
    body: { endpoint: ADDRESS },
  });
});
