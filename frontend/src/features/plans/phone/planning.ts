/** Small things the plan's screens do with several acts: bring back, move. */
import { ports } from '../../../lib/ports';
import type { Goal, Step } from '../../../store/dossiers';
import type { Saved } from '../../../sync/record';
import { ok } from '../../../lib/result';
import { setGoal, setStep, setStepStatus, type PlanOf } from '../acts';
import { moves } from './order';

async function inOrder(acts: readonly (() => Promise<Saved>)[]): Promise<Saved> {
  for (const act of acts) {
    const saved = await act();
    if (!saved.ok) return saved;
  }
  return ok(undefined);
}

/** Put a step back that was taken out, under a new id: the old one is forgotten. */
export function bringBackStep(plan: PlanOf, goalId: string, step: Step): Promise<Saved> {
  const again: Step = { ...step, id: ports.random.uuid() };
  const acts = [() => setStep(plan, goalId, again, null)];
  const { id, status } = again;
  const open = { id, status: 'open' as const };
  if (status !== 'open') acts.push(() => setStepStatus(plan.householdId, open, status));
  return inOrder(acts);
}

/** Put a goal back with its steps. */
export function bringBackGoal(plan: PlanOf, goal: Goal): Promise<Saved> {
  const id = ports.random.uuid();
  return inOrder([
    () => setGoal(plan, { ...goal, id }, null),
    ...goal.steps.map((step) => () => bringBackStep(plan, id, step)),
  ]);
}

export function moveGoal(
  plan: PlanOf,
  goals: readonly Goal[],
  id: string,
  by: -1 | 1,
): Promise<Saved> {
  const acts = moves(goals, id, by).map(
    ({ item, position }) =>
      () =>
        setGoal(plan, { ...item, position }, item),
  );
  return inOrder(acts);
}

export function moveStep(plan: PlanOf, goal: Goal, id: string, by: -1 | 1): Promise<Saved> {
  const acts = moves(goal.steps, id, by).map(
    ({ item, position }) =>
      () =>
        setStep(plan, goal.id, { ...item, position }, item),
  );
  return inOrder(acts);
}
