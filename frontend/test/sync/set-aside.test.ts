/** What the server put aside can be put out of sight, also what no screen ever names. */
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import SetAside from '../../src/features/sync/phone/SetAside.svelte';
import { ports } from '../../src/lib/ports';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { syncOnce } from '../../src/sync/once';
import { record } from '../../src/sync/record';
import { must, newPhone, STOP, type Phone } from '../phone';

let phone: Phone;
const places = { of: () => 'Wilgenhof 12' };

beforeAll(() => loadStrings('nl'));
beforeEach(async () => {
  phone = await newPhone();
  phone.server.answerWith = () => ({ outcome: 'quarantined', code: 'sent-sealed-rescue' });
});
afterEach(cleanup);

test('a worry that was put aside is never named, and can be seen off', async () => {
  const body = { address_id: null, stop_id: STOP, facts: 'MERKWOORD', tried: '' };
  const concern = { concern_id: ports.random.uuid(), ...body };
  await must(record({ kind: 'concern.raise', dossier_id: concern.concern_id, body: concern }));
  await syncOnce(phone.store);
  const { container } = render(SetAside, { lines: [], count: 1, places });
  expect(screen.getByText('Eén ding dat hier niet genoemd wordt')).toBeTruthy();
  expect(container.textContent).not.toMatch(/zorg|Wilgenhof|MERKWOORD/i);
  screen.getByRole('button', { name: 'Gezien' }).click();
  await waitFor(async () => {
    expect(await must(phone.store.entries())).toEqual([]);
  });
});

test('what came sealed before says so, and not that it does not fit', async () => {
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
  await syncOnce(phone.store);
  const [entry] = await must(phone.store.entries());
  const { id, dossier_id, kind, made_at } = entry!.mutation;
  const line = { id, dossier_id, kind, made_at, state: entry!.state, code: entry!.code };
  render(SetAside, { lines: [line], count: 1, places });
  expect(screen.getByText(/bij je coördinator, op slot/)).toBeTruthy();
});
