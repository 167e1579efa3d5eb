/** Acts wait their turn, and one that breaks off holds up no other. */
import { expect, test } from 'vitest';
import { Saving } from '../../src/features/access/phone/saving.svelte';
import { ok } from '../../src/lib/result';

test('after an act that broke off the next one is still written', async () => {
  const saving = new Saving();
  const broken = saving.run(() => Promise.reject(new Error('the tab lost its store')));
  const chosen = saving.choose(() => Promise.resolve(ok(undefined)));
  await expect(broken).rejects.toThrow('lost its store');
  expect(await chosen).toBe(true);
  expect(saving.busy).toBe(false);
});
