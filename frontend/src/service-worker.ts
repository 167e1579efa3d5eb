/**
 * Keeps the app itself on the phone, so that every screen boots without signal. It holds built
 * files only: answers of the API are never cached here, they live sealed in the phone's store.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import english from '@strings/told.en.json';
import dutch from '@strings/told.nl.json';
import { WAKE } from './lib/wake-word';

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
};

// Where the app lives: this script lies at its root.
const home = new URL('.', self.location.href).pathname.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
const kept = createHandlerBoundToURL('index.html');
// A page of the desk may show pictures of the town, which no phone's page may: that stands in the
// headers the server gives it. Without a line there are no such pictures, and the kept page will do.
registerRoute(
  new NavigationRoute(
    async (options) => {
      try {
        const answer = await fetch(options.request);
        return answer.ok ? answer : await kept(options);
      } catch {
        return kept(options);
      }
    },
    { allowlist: [new RegExp(`^${home}desk(/|$)`)] },
  ),
);
registerRoute(
  new NavigationRoute(kept, {
    // Neither is the resident's page a screen of this app.
    denylist: [new RegExp(`^${home}(v1(/|$)|[bB]$|healthz$|\\.well-known/)`)],
  }),
);

// The person says when: see lib/updates.svelte.ts.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// The first visit must be covered too: a volunteer may lose signal right after signing in.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

/** Milliseconds: a window that is shut has nobody to answer. */
const LONGEST_ANSWER = 30_000;

/** Wake this window; says whether it sent everything. */
function wake(window: Client): Promise<boolean> {
  return new Promise((answer) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event: MessageEvent<boolean>) => {
      answer(event.data);
    };
    setTimeout(() => {
      answer(false);
    }, LONGEST_ANSWER);
    window.postMessage(WAKE, [port2]);
  });
}

async function wakeAll(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' });
  const went = await Promise.all(windows.map(wake));
  // A refusal makes the browser come back later; with no window there is nobody to come back for.
  if (windows.length > 0 && !went.includes(true)) throw new Error('Nothing was sent yet');
}

// The line is back, says the browser. What waits is sealed: only a window has the key.
self.addEventListener('sync', (event) => {
  if (event.tag === WAKE) event.waitUntil(wakeAll());
});

/** All that a push says, and all that is shown of it: on a locked screen anybody reads along. */
function told(): string {
  return (self.navigator.language.startsWith('en') ? english : dutch)['told.subject'];
}

// It brings no content, and none would be shown. The same tag: more news is no second notification.
self.addEventListener('push', (event) => {
  const { scope } = self.registration;
  const icon = new URL('icon-192.png', scope).href;
  event.waitUntil(self.registration.showNotification(told(), { tag: 'voordeur', icon }));
});

async function openApp(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' });
  // Where somebody was at work is left as it is: what they typed must not go.
  const [open] = windows;
  await (open ? open.focus() : self.clients.openWindow(self.registration.scope));
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});
