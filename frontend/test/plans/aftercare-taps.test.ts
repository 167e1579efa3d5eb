/** A thumb that is faster than the phone's disk: what was tapped is kept, all of it. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import AftercareVisit from '../../src/features/plans/phone/AftercareVisit.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import type { HouseholdBody } from '../../src/store/dossiers';
import type { Mutation } from '../../src/store/mutations';
import { currentUndo, dismissUndo } from '../../src/ui/undo.svelte';
import { HOUSEHOLD, ME, must, newPhone, STOP, waitingIn, type Phone } from '../phone';
import { aftercare, planOf } from './plan';

vi.mock('../../src/session/session.svelte', async (original) => ({
  ...(await original<object>()),
  currentAccount: () => ({ id: ME, role: 'volunteer', language: 'nl' }),
}));

const body: HouseholdBody = {
  role: 'aftercare',
  stop_id: STOP,
  address: null,
  contact: null,
  conversation: null,
  consents: [],
  assessments: {},
  notes: [],
  advices: [],
  debt_help: null,
  plan: planOf(2),
  aftercares: [{ ...aftercare, account_id: ME, outcome: 'spoken' }],
  handovers: [],
  differences: [],
};

let phone: Phone;

beforeAll(() => loadStrings('nl'));
beforeEach(async () => {
  phone = await newPhone();
  const dossier = { id: HOUSEHOLD, kind: 'household' as const, version: 'h', body };
  await must(phone.store.change(() => [{ do: 'keep', dossier }]));
});
afterEach(() => {
  cleanup();
  dismissUndo();
});

async function said(): Promise<Mutation[]> {
  return (await waitingIn(phone.store)).map(({ mutation }) => mutation);
}

test('two steps and the last question answered within one write are all kept, and then it is closed', async () => {
  render(AftercareVisit, { aftercareId: aftercare.id });
  const done = await screen.findAllByRole('radio', { name: 'gedaan' });
  const [, partly] = screen.getAllByRole('radio', { name: 'deels' });
  const yes = screen.getByRole('radio', { name: 'Ja' });
  const finish = screen.getByRole('button', { name: 'Afronden' });
  for (const tapped of [done[0], partly, yes, finish]) if (tapped) void fireEvent.click(tapped);
  await expect.poll(() => currentUndo()).not.toBeNull();
  const steps = (await said()).filter((one) => one.kind === 'step.set_status');
  expect(steps.map(({ body }) => [body.step_id, body.status])).toEqual([
    ['step-1', 'done'],
    ['step-2', 'partly'],
  ]);
  const last = (await said()).filter((one) => one.kind === 'aftercare.record').at(-1);
  expect(last?.body).toMatchObject({ more_help: true, close: true });
});
