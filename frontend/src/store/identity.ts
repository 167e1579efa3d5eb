/** This phone, to the server: an id, and a key that signs what it sends without a session. */
import { ports } from '../lib/ports';
import type { Database } from './database';
import type { Id } from './dossiers';
import type { DeviceIdentity } from './types';

/** The phone's identity for this account, made at the first opening; `id` is kept from before. */
export async function identityOf(db: Database, id: Id | null): Promise<DeviceIdentity> {
  const known = (await db.clear.get('device'))?.value as DeviceIdentity | undefined;
  if (known) return known;
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const made: DeviceIdentity = { id: id ?? ports.random.uuid(), keys };
  // Another tab may have been first: then its identity stands.
  return db.transaction('rw', db.clear, async () => {
    const first = (await db.clear.get('device'))?.value as DeviceIdentity | undefined;
    if (first) return first;
    await db.clear.put({ key: 'device', value: made });
    return made;
  });
}
