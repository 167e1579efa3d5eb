/**
 * Registers the service worker and says when a new version waits. It takes over only when the
 * person agrees and no tab has a talk open; then every tab starts anew, so that none of them asks
 * the new worker for a screen of the old version.
 */
import { addressOf } from './prefix';
import { whenNobodyTalks } from './talk-lock';
import { SERVICE_WORKER, trustedScript } from './trusted';

let waiting: ServiceWorker | null = $state.raw(null);
let heldUp = $state(false);

/** Is there a newer version, ready to start? */
export function updateReady(): boolean {
  return waiting !== null;
}

/** Somebody agreed, but in another tab a talk is still open. */
export function updateHeldUp(): boolean {
  return heldUp;
}

/** Start the newer version now, unless a talk is open; the tabs reload once it is in charge. */
export async function applyUpdate(): Promise<void> {
  const next = waiting;
  if (next === null) return;
  heldUp = !(await whenNobodyTalks(async () => {
    const inCharge = new Promise((done) => {
      navigator.serviceWorker.addEventListener('controllerchange', done, { once: true });
    });
    next.postMessage({ type: 'SKIP_WAITING' });
    await inCharge;
  }));
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

/** Call first of all: a worker may take over while the app still starts. */
export function watchTakeover(): void {
  if (!('serviceWorker' in navigator)) return;
  // The worker of the first visit takes over a page of its own version: that one may stay.
  let older = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (older) location.reload();
    older = true;
  });
}

/** Call once at start. Without a worker (an old browser, a private window) the app works online. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const scope = addressOf('/');
    watch(await navigator.serviceWorker.register(trustedScript(SERVICE_WORKER), { scope }));
  } catch {
    // Refused by the browser: nothing to do, the next start tries again.
  }
}
