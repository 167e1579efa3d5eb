/** What is said about health: kept only with a yes of its own, beside the one to note. */
import type {
  Consent,
  Dossier,
  HouseholdBody,
  Id,
  Mutation,
  MutationOf,
  OutboxEntry,
} from '../../sync/wire';

/** The life domain that takes this yes. */
export const HEALTH = 'health_and_care';

type Said = Pick<HouseholdBody, 'assessments' | 'notes' | 'advices' | 'plan' | 'differences'>;

function notesAbout({ notes }: Pick<HouseholdBody, 'notes'>): Set<Id> {
  return new Set(notes.filter(({ domain }) => domain === HEALTH).map(({ id }) => id));
}

type Planned = Pick<HouseholdBody, 'plan' | 'differences'>;

/** Goals that anybody put under health, and their steps, by id. */
function plansAbout({ plan, differences }: Planned): { goals: Set<Id>; steps: Set<Id> } {
  const disputed = differences.filter(({ field, other }) => field === 'domain' && other === HEALTH);
  const ids = new Set(disputed.map(({ object_id }) => object_id));
  const about = plan?.goals.filter(({ id, domain }) => domain === HEALTH || ids.has(id)) ?? [];
  return {
    goals: new Set(about.map(({ id }) => id)),
    steps: new Set(about.flatMap(({ steps }) => steps.map(({ id }) => id))),
  };
}

/** The household's words without those about health, and without what differed in them. */
export function withoutHealth<B extends Said>(body: B): B {
  const kept = ({ domain }: { domain: string }): boolean => domain !== HEALTH;
  const answers = Object.entries(body.assessments).filter(([domain]) => domain !== HEALTH);
  const differences = differencesAbout(body);
  const { goals } = plansAbout(body);
  return {
    ...body,
    assessments: Object.fromEntries(answers),
    notes: body.notes.filter(kept),
    advices: body.advices.filter(kept),
    plan: body.plan && {
      ...body.plan,
      goals: body.plan.goals.filter(({ id }) => !goals.has(id)),
    },
    differences: body.differences.filter(({ id }) => !differences.has(id)),
  };
}

/** Values that wait beside words about health; of an answer the field is its domain. */
function differencesAbout(body: Said): Set<Id> {
  const notes = notesAbout(body);
  const { goals, steps } = plansAbout(body);
  const about = body.differences.filter(({ object_kind, object_id, field }) => {
    if (object_kind === 'note') return notes.has(object_id);
    if (object_kind === 'goal') return goals.has(object_id);
    if (object_kind === 'step') return steps.has(object_id);
    return object_kind === 'assessment' && field === HEALTH;
  });
  return new Set(about.map(({ id }) => id));
}

/** Who wants no notes wants none about health: that yes is taken back with the one to note. */
export function healthTakenBack(consents: readonly Consent[], at: string): Consent[] {
  return consents.map((one) =>
    one.purpose === 'health' && one.given && one.withdrawn_at === null
      ? { ...one, withdrawn_at: at }
      : one,
  );
}

/** Also of one that moved to another subject: its words were said about what it was. */
function isGoalAboutHealth({ domain, from }: MutationOf<'goal.set'>['body']): boolean {
  return domain === HEALTH || from?.domain === HEALTH;
}

/** Unsent work about health: new words, changes to words the phone holds, and what settles them. */
export function isAboutHealth(
  entries: readonly OutboxEntry[],
  dossier: Dossier | undefined,
): (mutation: Mutation) => boolean {
  const held = dossier?.kind === 'household' ? dossier.body : null;
  const notes = held ? notesAbout(held) : new Set<Id>();
  const { goals, steps } = plansAbout(held ?? { plan: null, differences: [] });
  const differences = held ? differencesAbout(held) : new Set<Id>();
  for (const { mutation } of entries) {
    if (mutation.kind === 'note.add' && mutation.body.domain === HEALTH) {
      notes.add(mutation.body.note_id);
    }
    if (mutation.kind === 'goal.set' && isGoalAboutHealth(mutation.body)) {
      goals.add(mutation.body.goal_id);
    }
    if (mutation.kind === 'step.set' && goals.has(mutation.body.goal_id)) {
      steps.add(mutation.body.step_id);
    }
  }
  return ({ kind, body }) => {
    if (kind === 'note.add' || kind === 'domain.assess' || kind === 'advice.set') {
      return body.domain === HEALTH;
    }
    if (kind === 'goal.set') return goals.has(body.goal_id);
    if (kind === 'goal.remove' || kind === 'step.set') return goals.has(body.goal_id);
    if (kind === 'step.remove' || kind === 'step.set_status') return steps.has(body.step_id);
    if (kind === 'note.amend' || kind === 'note.remove') return notes.has(body.note_id);
    return kind === 'difference.settle' && differences.has(body.difference_id);
  };
}
