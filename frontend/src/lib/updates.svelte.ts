/**
 * Registers the service worker and says when a new version waits. It takes over only when the
 * person agrees: a talk in progress is never reloaded away.
 */
import { addressOf } from './prefix';
import { SERVICE_WORKER, trustedScript } from './trusted';

let waiting: ServiceWorker | null = $state.raw(null);
let agreed = false;

/** Is there a newer version, ready to start? */
export function updateReady(): boolean {
  return waiting !== null;
}

/** Start the newer version now; the page reloads once it is in charge. */
export function applyUpdate(): void {
  agreed = true;
  waiting?.postMessage({ type: 'SKIP_WAITING' });
}

function watch(registration: ServiceWorkerRegistration): void {
  const installed = (): void => {
    // Without a controller this is the first visit: nothing older is running.
    if (registration.waiting && navigator.serviceWorker.controller) waiting = registration.waiting;
  };
  installed();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', installed);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

/** Call once at start. Without a worker (an old browser, a private window) the app works online. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (agreed) location.reload();
  });
  try {
    const scope = addressOf('/');
    watch(await navigator.serviceWorker.register(trustedScript(SERVICE_WORKER), { scope }));
  } catch {
    // Refused by the browser: nothing to do, the next start tries again.
  }
}
