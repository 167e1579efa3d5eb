/** What the phone itself is told when it makes a passkey. */
import { afterEach, expect, it, vi } from 'vitest';
import { lockWithPasskey, openPasskey } from '../src/session/passkey';
import { addReader } from './passkeys';
import { ME } from './phone';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('makes each passkey beside the others in the phone, and names nobody', async () => {
  const reader = addReader({ prf: true });
  const key = new Uint8Array(32).fill(7);
  const locks = [await lockWithPasskey(ME, key), await lockWithPasskey(ME, key)];
  for (const lock of locks) {
    if (typeof lock === 'string') throw new Error(lock);
    expect(await openPasskey(ME, lock)).toEqual(key);
  }
  // A phone keeps one passkey for each user that it is told of.
  expect(new Set(reader.users).size).toBe(2);
  for (const user of reader.users) expect(Buffer.from(user, 'hex').toString()).not.toContain(ME);
});
