/** The plan and the coming back. Texts are typed through editors, the rest is said at once. */
import { ports } from '../../lib/ports';
import { scrub, unqueue } from '../../sync/forgetting';
import { change, isLoose, newEntry, say, type Same, type Saved } from '../../sync/record';
import { editText, type TextEditor } from '../../sync/typing';
import type {
  Aftercare,
  AftercareOutcome,
  DayText,
  Draft,
  Goal,
  GoalSaid,
  GoalShown,
  Id,
  MutationBodies,
  MutationKind,
  OutboxEntry,
  PartOfDay,
  Plan,
  Step,
  StepFields,
  StepStatus,
} from '../../sync/wire';

/** The plan of a household; `planId` is the one the stop reserved until there is a plan. */
export interface PlanOf {
  readonly householdId: Id;
  readonly conversationId: Id;
  readonly planId: Id;
}

export type GoalFields = Pick<Goal, 'id' | 'position' | 'domain'>;
type Wish = Pick<Plan, 'print_wanted' | 'bring_on' | 'bring_by'>;
type Result = Pick<Aftercare, 'id' | 'outcome' | 'more_help' | 'closed'>;

const aboutGoal =
  (goalId: Id): Same =>
  (mutation) =>
    mutation.kind === 'goal.set' && mutation.body.goal_id === goalId;

const aboutStep =
  (stepId: Id): Same =>
  (mutation) =>
    mutation.kind === 'step.set' && mutation.body.step_id === stepId;

function goalDraft(plan: PlanOf, goal: GoalFields, text: string, from: GoalShown | null): Draft {
  const { id: goal_id, position, domain } = goal;
  const { planId: plan_id, conversationId: conversation_id } = plan;
  const body = { goal_id, plan_id, conversation_id, position, domain, text, from };
  return { kind: 'goal.set', dossier_id: plan.householdId, body };
}

/** Type a goal. `shown` is null for a new one. */
export function writeGoal(plan: PlanOf, goal: GoalFields, shown: string | null): TextEditor {
  return editText({
    shown,
    same: aboutGoal(goal.id),
    draft: (text, before) => {
      const { position, domain } = goal;
      return goalDraft(
        plan,
        goal,
        text,
        before === null ? null : { position, domain, text: before },
      );
    },
  });
}

/** Set a goal at once, such as its place; `shown` is the goal on screen, null for a new one. */
export function setGoal(
  plan: PlanOf,
  goal: GoalFields & { text: string },
  shown: GoalSaid | null,
): Promise<Saved> {
  const from = shown && { position: shown.position, domain: shown.domain, text: shown.text };
  const entry = newEntry(goalDraft(plan, goal, goal.text, from));
  return change(({ entries }) => say<'goal.set'>(entries, entry, aboutGoal(goal.id)));
}

/** Take a goal out with its steps. One that was never sent leaves no trace. */
export function removeGoal(plan: PlanOf, goalId: Id): Promise<Saved> {
  const gone: Same = (mutation) =>
    aboutGoal(goalId)(mutation) ||
    (mutation.kind === 'step.set' && mutation.body.goal_id === goalId);
  const body = { goal_id: goalId };
  return take({ kind: 'goal.remove', dossier_id: plan.householdId, body }, gone);
}

/** Queue a removal, unless what it removes was made here and never sent. */
function take(draft: Draft, gone: Same): Promise<Saved> {
  const removal = newEntry(draft);
  return change(({ entries, dossier }) => {
    const about = withStatuses(
      entries,
      entries.filter(({ mutation }) => gone(mutation)),
    );
    const born = about.some(
      ({ mutation }) => 'from' in mutation.body && mutation.body.from === null,
    );
    if (born && about.every(isLoose)) return unqueue(about);
    return [
      ...unqueue(about),
      ...scrub(dossier(draft.dossier_id), removal.mutation),
      { do: 'queue', entry: removal },
    ];
  });
}

/** How far a step was goes with the step: alone it would be about nothing. */
function withStatuses(
  entries: readonly OutboxEntry[],
  about: readonly OutboxEntry[],
): OutboxEntry[] {
  const steps = about.flatMap(({ mutation }) =>
    mutation.kind === 'step.set' ? [mutation.body.step_id] : [],
  );
  const statuses = entries.filter(
    ({ mutation }) => mutation.kind === 'step.set_status' && steps.includes(mutation.body.step_id),
  );
  return [...about, ...statuses];
}

function fieldsOf({ position, text, who, who_name, by }: StepFields): StepFields {
  return { position, text, who, who_name, by };
}

function stepDraft(
  plan: PlanOf,
  goalId: Id,
  step: StepFields & { id: Id },
  from: StepFields | null,
): Draft {
  const body = {
    step_id: step.id,
    goal_id: goalId,
    ...fieldsOf(step),
    from: from && fieldsOf(from),
  };
  return { kind: 'step.set', dossier_id: plan.householdId, body };
}

/** Type a step's words. `shown` is the step on screen, null for a new one. */
export function writeStep(
  plan: PlanOf,
  goalId: Id,
  step: StepFields & { id: Id },
  shown: StepFields | null,
): TextEditor {
  return editText({
    shown: shown && shown.text,
    same: aboutStep(step.id),
    draft: (text, before) => {
      const from = before === null ? null : { ...(shown ?? step), text: before };
      return stepDraft(plan, goalId, { ...step, text }, from);
    },
  });
}

/** Set a step at once: who, when, its place. `shown` is what the screen showed, null when new. */
export function setStep(
  plan: PlanOf,
  goalId: Id,
  step: StepFields & { id: Id },
  shown: StepFields | null,
): Promise<Saved> {
  const entry = newEntry(stepDraft(plan, goalId, step, shown));
  return change(({ entries }) => say<'step.set'>(entries, entry, aboutStep(step.id)));
}

/** Take a step out. */
export function removeStep(plan: PlanOf, stepId: Id): Promise<Saved> {
  const body = { step_id: stepId };
  return take({ kind: 'step.remove', dossier_id: plan.householdId, body }, aboutStep(stepId));
}

/** How far a step is, said at aftercare or before. What waits here counts before what a screen shows. */
export function setStepStatus(
  householdId: Id,
  step: Pick<Step, 'id' | 'status'>,
  status: StepStatus,
): Promise<Saved> {
  return change(({ entries }) => {
    const from = lastWaiting(entries, 'step.set_status', ({ step_id }) => step_id === step.id);
    const body = { step_id: step.id, status, from: from?.status ?? step.status };
    return say<'step.set_status'>(
      entries,
      newEntry({ kind: 'step.set_status', dossier_id: householdId, body }),
      (one) => one.kind === 'step.set_status' && one.body.step_id === step.id,
      (said) => said.status === said.from,
    );
  });
}

/** What was said last of something and still waits here. */
function lastWaiting<K extends MutationKind>(
  entries: readonly OutboxEntry[],
  kind: K,
  about: (body: MutationBodies[K]) => boolean,
): MutationBodies[K] | undefined {
  return entries
    .filter(({ mutation, state }) => mutation.kind === kind && state === 'waiting')
    .map(({ mutation }) => mutation.body as MutationBodies[K])
    .filter(about)
    .at(-1);
}

/** The household wants its plan on paper, or not: who brings it, when. `shown` is the wish on screen. */
export function wantPrint(
  plan: PlanOf,
  { print_wanted: wanted, bring_on, bring_by }: Wish,
  shown: Wish,
): Promise<Saved> {
  const from = {
    wanted: shown.print_wanted,
    bring_on: shown.bring_on,
    bring_by: shown.bring_by,
  };
  const body = { plan_id: plan.planId, wanted, bring_on, bring_by, from };
  const entry = newEntry({ kind: 'plan.print', dossier_id: plan.householdId, body });
  return change(({ entries }) =>
    say<'plan.print'>(
      entries,
      entry,
      (one) => one.kind === 'plan.print' && one.body.plan_id === plan.planId,
    ),
  );
}

export interface AftercarePlan {
  /** Of a new one, where that must be known before it is made. */
  readonly id?: Id;
  readonly dueOn: DayText;
  readonly dayPart: PartOfDay | '';
  readonly kind: 'visit' | 'call';
}

/** Agree when we come back. `shown` is the aftercare on screen, which moves; null makes a new one. */
export function planAftercare(
  plan: PlanOf,
  { id: fresh, dueOn: due_on, dayPart: day_part, kind }: AftercarePlan,
  shown: Pick<Aftercare, 'id' | 'due_on' | 'day_part' | 'kind'> | null,
): Promise<Saved> {
  const id = shown?.id ?? fresh ?? ports.random.uuid();
  const from = shown && { due_on: shown.due_on, day_part: shown.day_part, kind: shown.kind };
  const body = { aftercare_id: id, plan_id: plan.planId, due_on, day_part, kind, from };
  const entry = newEntry({ kind: 'aftercare.plan', dossier_id: plan.householdId, body });
  return change(({ entries }) =>
    say<'aftercare.plan'>(
      entries,
      entry,
      (one) => one.kind === 'aftercare.plan' && one.body.aftercare_id === id,
    ),
  );
}

/**
 * What came of it; `shown` is what the screen says of it, `close` ends the aftercare. What is left
 * out stays; a screen may lag behind a quick thumb, so what waits here counts before what it shows.
 */
export function recordAftercare(
  householdId: Id,
  shown: Result,
  said: AftercareOutcome | null,
  { moreHelp, close = false }: { moreHelp?: boolean | undefined; close?: boolean } = {},
): Promise<Saved> {
  return change(({ entries }) => {
    const from = lastSaid(entries, shown);
    const outcome = said ?? (from.outcome === '' ? 'spoken' : from.outcome);
    const result = { outcome, more_help: moreHelp ?? from.more_help, close };
    const body = { aftercare_id: shown.id, ...result, from };
    const entry = newEntry({ kind: 'aftercare.record', dossier_id: householdId, body });
    return [{ do: 'queue', entry }];
  });
}

function lastSaid(
  entries: readonly OutboxEntry[],
  { id, outcome, more_help, closed }: Result,
): MutationBodies['aftercare.record']['from'] & object {
  const last = lastWaiting(entries, 'aftercare.record', (body) => body.aftercare_id === id);
  if (last === undefined) return { outcome, more_help, close: closed };
  return { outcome: last.outcome, more_help: last.more_help, close: last.close };
}
