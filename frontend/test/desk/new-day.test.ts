/** The clocks of a desk that stays open: they count from today, not from when the page was opened. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import HandoverDesk from '../../src/features/handover/desk/HandoverDesk.svelte';
import { readWaiting, type Waiting } from '../../src/features/handover/desk/requests';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { ports, replacePorts } from '../../src/lib/ports';
import type { SeededPorts } from '../../src/lib/ports-seeded';
import { err, ok } from '../../src/lib/result';

vi.mock('../../src/features/handover/desk/requests', async (original) => ({
  ...(await original<object>()),
  readWaiting: vi.fn(),
}));
vi.mock('../../src/features/access/desk/who.svelte', () => ({
  me: () => null,
  may: () => false,
  whoAmI: vi.fn(() => Promise.resolve(ok(null))),
}));

const HOUR = 3_600_000;
const line = (left: number): Waiting => ({
  id: 'h1',
  urgency: 'soon',
  crisis: false,
  state: 'offered',
  received_at: '2026-02-03T13:00:00Z',
  team_id: 't',
  address: { street: 'Wilgenhof', number: '12' },
  debt_help_asked_on: '2026-01-20',
  first_talk_by: '2026-02-06',
  first_talk_left: left,
  coach: null,
});
const reading = vi.mocked(readWaiting);
const says = (words: string): Promise<HTMLElement> =>
  screen.findByText((text) => text.includes(words));

beforeAll(() => loadStrings('nl'));
afterEach(() => {
  cleanup();
  reading.mockReset();
});

test('are read again at midnight in Amsterdam, and not before', async () => {
  reading.mockResolvedValueOnce(ok([line(3)])).mockResolvedValueOnce(ok([line(2)]));
  render(HandoverDesk, { handoverId: null });
  await says('nog 3 werkdagen');
  // The clock stands at 14:00.
  (ports as SeededPorts).advance(9.9 * HOUR);
  expect(reading).toHaveBeenCalledTimes(1);
  (ports as SeededPorts).advance(0.2 * HOUR);
  await says('nog 2 werkdagen');
  expect(reading).toHaveBeenCalledTimes(2);
});

test('are read again when somebody looks at the tab on a later day', async () => {
  reading.mockResolvedValueOnce(ok([line(3)])).mockResolvedValueOnce(ok([line(1)]));
  render(HandoverDesk, { handoverId: null });
  await says('nog 3 werkdagen');
  await fireEvent(document, new Event('visibilitychange'));
  expect(reading).toHaveBeenCalledTimes(1);
  const later = { now: () => new Date('2026-02-05T08:00:00Z') };
  const restore = replacePorts({ clock: later });
  await fireEvent(document, new Event('visibilitychange'));
  await says('nog 1 werkdag');
  restore();
});

test('stay on screen when the line is not there yet, and are tried again', async () => {
  reading
    .mockResolvedValueOnce(ok([line(3)]))
    .mockResolvedValueOnce(err({ kind: 'offline', status: 0, code: '', title: '' } as never))
    .mockResolvedValueOnce(ok([line(2)]));
  render(HandoverDesk, { handoverId: null });
  await says('nog 3 werkdagen');
  (ports as SeededPorts).advance(10.5 * HOUR);
  await vi.waitFor(() => {
    expect(reading).toHaveBeenCalledTimes(2);
  });
  await says('nog 3 werkdagen');
  await vi.waitFor(() => {
    (ports as SeededPorts).advance(60_000);
    expect(reading).toHaveBeenCalledTimes(3);
  });
  await says('nog 2 werkdagen');
});
