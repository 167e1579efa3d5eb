/** Plan and aftercare, laid over a household as the server would project them. */
import {
  adjust,
  by,
  upsert,
  whenThere,
  type DifferingBody,
  type Registry,
  type StepAt,
} from '../../sync/overlay';
import { settled } from '../../sync/settle';
import type {
  Aftercare,
  AftercareResult,
  Agreement,
  Difference,
  Goal,
  HouseholdBody,
  Id,
  MutationOf,
  Plan,
  PrintWish,
  Step,
} from '../../sync/wire';

const byPlace = by<{ position: number; id: string }>(
  ({ position }) => position,
  ({ id }) => id,
);
const byDue = by<Aftercare>(
  ({ due_on }) => due_on,
  ({ id }) => id,
);

function emptyPlan(id: string): Plan {
  return { id, print_wanted: false, bring_by: null, bring_on: null, goals: [] };
}

function setGoal(body: HouseholdBody, { body: said }: MutationOf<'goal.set'>): HouseholdBody {
  const { goal_id, plan_id, position, domain, text } = said;
  const plan = body.plan ?? emptyPlan(plan_id);
  const steps = plan.goals.find(({ id }) => id === goal_id)?.steps ?? [];
  const goal: Goal = { id: goal_id, position, domain, text, steps };
  return { ...body, plan: { ...plan, goals: upsert(plan.goals, goal, byPlace) } };
}

function removeGoal(body: HouseholdBody, { body: said }: MutationOf<'goal.remove'>): HouseholdBody {
  const goals = body.plan?.goals.filter(({ id }) => id !== said.goal_id) ?? [];
  return { ...body, plan: body.plan && { ...body.plan, goals } };
}

/** Every goal with its steps made anew by `change`. */
function withSteps(body: HouseholdBody, change: (goal: Goal) => Step[]): HouseholdBody {
  const { plan } = body;
  if (plan === null) return body;
  const goals = plan.goals.map((goal) => ({ ...goal, steps: change(goal) }));
  return { ...body, plan: { ...plan, goals } };
}

function setStep(body: HouseholdBody, { body: said }: MutationOf<'step.set'>): HouseholdBody {
  const { step_id, goal_id, position, text, who, who_name, by: moment } = said;
  return withSteps(body, ({ id, steps }) => {
    if (id !== goal_id) return steps.filter((step) => step.id !== step_id);
    const status = steps.find((step) => step.id === step_id)?.status ?? 'open';
    const step: Step = { id: step_id, position, text, who, who_name, by: moment, status };
    return upsert(steps, step, byPlace);
  });
}

function removeStep(body: HouseholdBody, { body: said }: MutationOf<'step.remove'>): HouseholdBody {
  return withSteps(body, ({ steps }) => steps.filter(({ id }) => id !== said.step_id));
}

function setStatus(
  body: HouseholdBody,
  { body: said }: MutationOf<'step.set_status'>,
): HouseholdBody {
  const { status } = said;
  return withSteps(body, ({ steps }) =>
    adjust(steps, said.step_id, (step) => ({ ...step, status }), byPlace),
  );
}

function print(body: HouseholdBody, { body: said }: MutationOf<'plan.print'>): HouseholdBody {
  const { plan_id, wanted, bring_on, bring_by } = said;
  const plan = body.plan ?? emptyPlan(plan_id);
  return { ...body, plan: { ...plan, print_wanted: wanted, bring_on, bring_by } };
}

function planAftercare(
  body: HouseholdBody,
  { body: said }: MutationOf<'aftercare.plan'>,
  at: StepAt,
): HouseholdBody {
  const { aftercare_id, plan_id, due_on, day_part, kind } = said;
  const before = body.aftercares.find(({ id }) => id === aftercare_id);
  const { account_id, outcome, more_help, closed } = before ?? {
    account_id: at.me,
    outcome: '' as const,
    more_help: false,
    closed: false,
  };
  const planned = {
    id: aftercare_id,
    due_on,
    day_part,
    kind,
    account_id,
    outcome,
    more_help,
    closed,
  };
  const plan = body.plan ?? emptyPlan(plan_id);
  return { ...body, plan, aftercares: upsert(body.aftercares, planned, byDue) };
}

function withResult(
  body: HouseholdBody,
  id: Id,
  { outcome, more_help, close: closed }: AftercareResult,
  at: StepAt,
): HouseholdBody {
  const before = body.aftercares.find((aftercare) => aftercare.id === id)?.outcome;
  const change = (aftercare: Aftercare): Aftercare => ({
    ...aftercare,
    outcome,
    more_help,
    closed,
  });
  const aftercares = adjust(body.aftercares, id, change, byDue);
  const next = { ...body, aftercares };
  // Who moved leaves this door; the dossier goes on without it. Corrected, it comes back.
  if (outcome === 'moved') return { ...next, address: null };
  if (before !== 'moved' || body.stop_id === null) return next;
  return { ...next, address: at.look('stop', body.stop_id)?.address ?? body.address };
}

function settleAftercare(
  body: HouseholdBody,
  { object_id, field, other }: Difference,
  at: StepAt,
): HouseholdBody {
  if (field === 'result') return withResult(body, object_id, other as AftercareResult, at);
  const change = (aftercare: Aftercare): Aftercare => ({ ...aftercare, ...(other as Agreement) });
  return { ...body, aftercares: adjust(body.aftercares, object_id, change, byDue) };
}

function settle(
  body: HouseholdBody,
  mutation: MutationOf<'difference.settle'>,
  at: StepAt,
): HouseholdBody {
  const kept = settled(body.differences, mutation);
  if (kept === null) return body;
  const { object_kind, object_id, field, other } = kept;
  if (object_kind === 'aftercare') return settleAftercare(body, kept, at);
  if (body.plan === null) return body;
  if (object_kind === 'plan') {
    const { wanted: print_wanted, bring_on, bring_by } = other as PrintWish;
    return { ...body, plan: { ...body.plan, print_wanted, bring_on, bring_by } };
  }
  if (object_kind === 'goal') {
    const change = (goal: Goal): Goal => ({ ...goal, [field]: other });
    const goals = adjust(body.plan.goals, object_id, change, byPlace);
    return { ...body, plan: { ...body.plan, goals } };
  }
  if (object_kind !== 'step') return body;
  return withSteps(body, ({ steps }) =>
    adjust(steps, object_id, (step) => ({ ...step, [field]: other }), byPlace),
  );
}

/** What stands of a plan's parts, in the words of their differences. */
function stands(body: DifferingBody, { object_kind, object_id, field }: Difference): unknown {
  if (!('plan' in body)) return undefined;
  const { plan } = body;
  const mine = ({ id }: { id: Id }): boolean => id === object_id;
  if (object_kind === 'aftercare') return standsOf(body.aftercares.find(mine), field);
  if (plan === null) return undefined;
  if (object_kind === 'plan') {
    return { wanted: plan.print_wanted, bring_on: plan.bring_on, bring_by: plan.bring_by };
  }
  const rows = { goal: plan.goals, step: plan.goals.flatMap(({ steps }) => steps) };
  const row = object_kind in rows ? rows[object_kind as 'goal' | 'step'].find(mine) : undefined;
  return (row as Readonly<Record<string, unknown>> | undefined)?.[field];
}

function standsOf(aftercare: Aftercare | undefined, field: string): unknown {
  if (aftercare === undefined) return undefined;
  const { due_on, day_part, kind, outcome, more_help, closed: close } = aftercare;
  return field === 'result' ? { outcome, more_help, close } : { due_on, day_part, kind };
}

export const plansOverlay: Registry = {
  steps: {
    household: {
      'goal.set': whenThere(setGoal),
      'goal.remove': whenThere(removeGoal),
      'step.set': whenThere(setStep),
      'step.remove': whenThere(removeStep),
      'step.set_status': whenThere(setStatus),
      'plan.print': whenThere(print),
      'aftercare.plan': whenThere(planAftercare),
      'aftercare.record': whenThere((body, { body: said }, at) =>
        withResult(body, said.aftercare_id, said, at),
      ),
      'difference.settle': whenThere(settle),
    },
  },
  stands,
};
