/** Before its first sync a phone tells the server its signing key: later it can hand over without a session. */
import { enrol } from '../api/devices';
import type { Problem } from '../api/client';
import { toBase64 } from '../lib/bytes';
import { err, ok, type Result } from '../lib/result';
import type { Store } from '../store/types';

const DONE = 'done';

/** Was this phone reported lost? Then it may only hand over what it has. */
export function isRevoked({ status, code }: Problem): boolean {
  return status === 403 && code === 'device-revoked';
}

/** Enrol once. Only being revoked, or signed out, keeps a phone from syncing: all else is tried again. */
export async function enrolled(store: Store): Promise<Result<void, Problem>> {
  const known = await store.meta('enrolled');
  if (!known.ok || known.value === DONE) return ok(undefined);
  const { id, keys } = store.device;
  // It cannot sign: its first sync makes it known.
  if (keys === null) return ok(undefined);
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
  const answer = await enrol(id, toBase64(new Uint8Array(spki)));
  if (answer.ok) await store.change(() => [{ do: 'remember', key: 'enrolled', value: DONE }]);
  else if (isRevoked(answer.error) || answer.error.status === 401) return err(answer.error);
  return ok(undefined);
}
