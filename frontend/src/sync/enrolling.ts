/**
 * Before its first sync a phone tells the server its signing key: later it can hand over without a
 * session. The answer says how it will know the code that empties it (session/emptying.ts).
 */
import { enrol } from '../api/devices';
import { isLineAtFault, type Problem } from '../api/problem';
import { err, ok, type Result } from '../lib/result';
import type { EscrowKey } from '../store/escrow';
import { signingKeyOf } from '../store/identity';
import type { Store } from '../store/types';

const CHECK = /^[0-9a-f]{64}$/;

/** Was this phone reported lost? Then it may only hand over what it has. */
export function isRevoked({ status, code }: Problem): boolean {
  return status === 403 && code === 'device-revoked';
}

/**
 * Enrol once. It does not sync before the server has heard its key, and could say no to that: known
 * by a sync alone and reported lost, it would hand over nothing. With a no it syncs all the same.
 */
export async function enrolled(store: Store): Promise<Result<void, Problem>> {
  const known = await store.meta('enrolled');
  if (!known.ok || CHECK.test(known.value ?? '')) return ok(undefined);
  const { id, keys } = store.device;
  // It cannot sign: its first sync makes it known.
  if (keys === null) return ok(undefined);
  const answer = await enrol(id, await signingKeyOf(keys));
  if (answer.ok) {
    const told = (answer.value ?? {}) as { removal_check?: string; escrow_key?: EscrowKey };
    const { removal_check: check = null, escrow_key: escrow = null } = told;
    await store.change(() => [
      { do: 'remember', key: 'enrolled', value: check },
      { do: 'remember', key: 'escrow_key', value: escrow && JSON.stringify(escrow) },
    ]);
    return ok(undefined);
  }
  const { error } = answer;
  const mustStop = isRevoked(error) || error.status === 401 || isLineAtFault(error);
  return mustStop ? err(error) : ok(undefined);
}
