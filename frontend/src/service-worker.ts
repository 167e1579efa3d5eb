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

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

// Where the app lives: this script lies at its root.
const home = new URL('.', self.location.href).pathname.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    denylist: [new RegExp(`^${home}(v1(/|$)|healthz$|\\.well-known/)`)],
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
