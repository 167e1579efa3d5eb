/** The board against a server that answers as agreed: at once, refused, and behind a colleague. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../src/api/problem';
import { offline } from '../../src/api/problem';
import { PlanDesk } from '../../src/features/planning/desk/board.svelte';
import { putDoor } from '../../src/features/planning/desk/doing';
import { changePlan, readPlan } from '../../src/features/planning/desk/requests';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { err, ok } from '../../src/lib/result';
import { board, round, walker } from './plan';

vi.mock('../../src/features/planning/desk/requests', () => ({
  changePlan: vi.fn(),
  readPlan: vi.fn(),
  undoChange: vi.fn(),
  redoChange: vi.fn(),
}));
const change = vi.mocked(changePlan);
const read = vi.mocked(readPlan);
const to = { roundId: 'B', leg: 0, position: 1 };
const problem = (code: string, ...details: string[]): Problem => ({
  kind: 'problem',
  status: 409,
  code,
  title: '',
  detail: '',
  errors: details.map((detail) => ({ pointer: '/moves/0', code: 'own-street', detail })),
});
const inB = (desk: PlanDesk): string[] | undefined =>
  desk.shown.rounds[1]?.legs[0]?.visits.map(({ address_id: id }) => id);

beforeAll(() => loadStrings('nl'));
beforeEach(() => {
  change.mockReset();
  read.mockReset();
});

describe('the board', () => {
  test('shows a move before the server has answered, then what the server says', async () => {
    const desk = new PlanDesk(board());
    const moved = board({
      version: 'v2',
      rounds: [round('A', [], ['a1']), round('B', [], ['b1', 'a2'])],
    });
    change.mockResolvedValueOnce(ok(moved));
    const going = putDoor(desk, 'a2', to);
    expect(inB(desk)).toEqual(['b1', 'a2']);
    expect(desk.plan.version).toBe('v1');
    expect(await going).toBe(true);
    expect(desk.shown).toBe(moved);
    expect(desk.said).toBe('Wilgenhof a2 staat in ronde B, plaats 2');
  });

  test('goes back and names the rule when a rule blocks', async () => {
    const desk = new PlanDesk(board());
    change.mockResolvedValueOnce(err(problem('breaks-a-rule', 'Cor gaat niet naar deze straat.')));
    expect(await putDoor(desk, 'a2', to)).toBe(false);
    expect(inB(desk)).toEqual(['b1']);
    expect(desk.refused?.reasons).toEqual(['Cor gaat niet naar deze straat.']);
    expect(desk.offer).toBeNull();
  });

  test('shows what a colleague did and does the own move after all when asked', async () => {
    const desk = new PlanDesk(board());
    const theirs = board({
      version: 'v9',
      changed_by: walker('Samira'),
      rounds: [round('A', [], ['a1', 'a2']), round('B', [], ['z', 'b1'])],
    });
    change.mockResolvedValueOnce(err(problem('plan-changed')));
    read.mockResolvedValueOnce(ok(theirs));
    expect(await putDoor(desk, 'a2', to)).toBe(false);
    expect(desk.shown).toBe(theirs);
    expect(desk.offer?.title).toContain('Samira');
    change.mockResolvedValueOnce(ok(board({ version: 'v10' })));
    await desk.takeUp();
    expect(change.mock.calls[1]).toEqual([
      'p',
      'v9',
      [{ act: 'move', address_id: 'a2', round_id: 'B', leg: 0, position: 2 }],
    ]);
    expect(desk.offer).toBeNull();
  });

  test('keeps what was done while there is no line, to do it later', async () => {
    const desk = new PlanDesk(board());
    change.mockResolvedValueOnce(err(offline));
    await putDoor(desk, 'a2', to);
    expect(desk.offer?.deeds).toHaveLength(1);
  });

  test('sends quick changes one by one, each on the version before it', async () => {
    const desk = new PlanDesk(board());
    change
      .mockResolvedValueOnce(ok(board({ version: 'v2' })))
      .mockResolvedValueOnce(ok(board({ version: 'v3' })));
    await Promise.all([putDoor(desk, 'a1', to), putDoor(desk, 'a2', to)]);
    expect(change.mock.calls.map(([, version]) => version)).toEqual(['v1', 'v2']);
    expect(desk.busy).toBe(false);
  });
});
