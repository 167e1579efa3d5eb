/**
 * Before its first sync a phone tells the server its signing key: later it can hand over without a
 * session. The answer says how it will know the code that empties it (session/emptying.ts).
 */
import { enrol } from '../api/devices';
import type { Problem } from '../api/client';
import { err, ok, type Result } from '../lib/result';
import { signingKeyOf } from '../store/identity';
import type { Store } from '../store/types';

const CHECK = /^[0-9a-f]{64}$/;

/** Was this phone reported lost? Then it may only hand over what it has. */
export function isRevoked({ status, code }: Problem): boolean {
  return status === 403 && code === 'device-revoked';
}

/** Enrol once. Only being revoked, or signed out, keeps a phone from syncing: all else is tried again. */
export async function enrolled(store: Store): Promise<Result<void, Problem>> {
  const known = await store.meta('enrolled');
  if (!known.ok || CHECK.test(known.value ?? '')) return ok(undefined);
  const { id, keys } = store.device;
  // It cannot sign: its first sync makes it known.
  if (keys === null) return ok(undefined);
  const answer = await enrol(id, await signingKeyOf(keys));
  if (answer.ok) {
    const { removal_check: value = null } = (answer.value ?? {}) as { removal_check?: string };
    await store.change(() => [{ do: 'remember', key: 'enrolled', value }]);
  } else if (isRevoked(answer.error) || answer.error.status === 401) return err(answer.error);
  return ok(undefined);
}
