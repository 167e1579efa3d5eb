/** What does not open on this phone any more is said, with what to do. */
import Dexie from 'dexie';
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import Spoilt from '../../src/features/sync/phone/Spoilt.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import type { SealedRow } from '../../src/store/sealing';
import { syncOnce } from '../../src/sync/once';
import { ME, newPhone } from '../phone';

beforeAll(() => loadStrings('nl'));
afterEach(cleanup);

async function damage(): Promise<void> {
  const db = await new Dexie(`voordeur-sealed-${ME}`).open();
  const [first] = await db.table<SealedRow>('a').toArray();
  await db.table('a').put({ ...first, stamp: '0'.repeat(24) });
  const counter = await db.table<{ value: number }>('clear').get('revision');
  await db.table('clear').put({ key: 'revision', value: (counter?.value ?? 0) + 1 });
  db.close();
}

test('a damaged record is counted on the screen, and a whole phone says nothing', async () => {
  const { store } = await newPhone();
  await syncOnce(store);
  const { container } = render(Spoilt);
  expect(container.textContent).toBe('');
  await damage();
  expect(await screen.findByText('1 stukje op deze telefoon is beschadigd')).toBeTruthy();
});
