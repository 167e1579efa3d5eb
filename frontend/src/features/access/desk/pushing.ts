/**
 * Notifications in this browser: whether it can, whether somebody lets it, and whether it is on. Our
 * pushes have no content, so of a subscription the server hears only where it is reached.
 */
import type { Problem } from '../../../api/client';
import { toBase64 } from '../../../lib/bytes';
import { ok, type Result } from '../../../lib/result';
import { addBrowser, removeBrowser } from './messages';

/** `refused`: the browser does not ask again; only its own settings change that. */
export type PushState = 'not_supported' | 'refused' | 'off' | 'on';

/** The browser's own half went wrong: it reached no push service. */
export class NoPushService extends Error {}

async function manager(): Promise<PushManager | null> {
  if (!(
    'serviceWorker' in navigator &&
    'PushManager' in globalThis &&
    'Notification' in globalThis
  ))
    return null;
  if ((await navigator.serviceWorker.getRegistration()) === undefined) return null;
  return (await navigator.serviceWorker.ready).pushManager;
}

function isOf(subscription: PushSubscription, key: string): boolean {
  const used = subscription.options.applicationServerKey;
  if (used === null) return false;
  const base64 = toBase64(new Uint8Array(used));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key;
}

/** How it stands in this browser with the server that has this key. */
export async function pushState(key: string): Promise<PushState> {
  const push = await manager();
  if (push === null) return 'not_supported';
  if (Notification.permission === 'denied') return 'refused';
  const subscription = await push.getSubscription();
  return subscription !== null && isOf(subscription, key) ? 'on' : 'off';
}

/**
 * Ask the browser's owner, then the browser's push service, then tell the server; call it from a
 * press. Throws NoPushService when that service does not answer.
 */
export async function turnOn(key: string): Promise<Result<PushState, Problem>> {
  const push = await manager();
  if (push === null) return ok('not_supported');
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') return ok(answer === 'denied' ? 'refused' : 'off');
  const subscription = await subscribed(push, key);
  const told = await addBrowser(subscription.endpoint);
  if (told.ok) return ok('on');
  await subscription.unsubscribe();
  return told;
}

async function subscribed(push: PushManager, key: string): Promise<PushSubscription> {
  try {
    // One for another key, of a server before this one, stands in the way.
    const before = await push.getSubscription();
    if (before !== null && !isOf(before, key)) await before.unsubscribe();
    return await push.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch (fault) {
    throw new NoPushService('no push service', { cause: fault });
  }
}

/** The browser ends it first: whatever becomes of the request, nothing comes here any more. */
export async function turnOff(): Promise<Result<PushState, Problem>> {
  const push = await manager();
  const subscription = (await push?.getSubscription()) ?? null;
  if (subscription === null) return ok('off');
  await subscription.unsubscribe();
  // Where this does not arrive, the push service says at the next push that it ended.
  await removeBrowser(subscription.endpoint);
  return ok('off');
}
