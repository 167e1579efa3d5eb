/**
 * The one Trusted Types policy of ours: which scripts may become workers. The content policy allows
 * it by the name "voordeur", beside Svelte's own.
 */
import { addressOf } from './prefix';

interface Policy {
  createScriptURL: (url: string) => unknown;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy;
}

/** The worker's script, at the root of the app: from there it may answer for all of it. */
export const SERVICE_WORKER = addressOf('/service-worker.js');

let policy: Policy | null = null;

/** Our service worker, or a script of the app itself; nothing from elsewhere. */
function isOurs(url: string): boolean {
  if (url === SERVICE_WORKER) return true;
  const { origin, pathname } = new URL(url, location.href);
  return origin === location.origin && /\/assets\/[\w.-]+\.js$/.test(pathname);
}

/** The address as the browser wants it; throws for a script that is not ours. */
export function trustedScript(url: string): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy('voordeur', {
    createScriptURL: (asked) => {
      if (!isOurs(asked)) throw new TypeError('Only our own workers may be loaded');
      return asked;
    },
  });
  return policy.createScriptURL(url) as string;
}
