/** The plan in words: to show, to read aloud, and to take along. */
import { dayPartWord, formatDayLong } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { Aftercare, Goal, HouseholdBody, Plan, Step } from '../../../store/dossiers';

/** Goals that say something, with their steps that do. */
export function goalsToShow(plan: Plan | null): Goal[] {
  return (plan?.goals ?? [])
    .map((goal) => ({ ...goal, steps: goal.steps.filter(({ text }) => text.trim() !== '') }))
    .filter(({ text, steps }) => text.trim() !== '' || steps.length > 0);
}

/** Who does a step, with the name they gave: for the screen and the voice. */
export function whoWords({ who, who_name }: Pick<Step, 'who' | 'who_name'>): string {
  const named = who === 'someone' && who_name.trim() !== '';
  return named ? t('plans.who.named', { name: who_name.trim() }) : t(`plans.who.${who}`);
}

/** "De vrijwilliger · voor vrijdag" */
export function whoAndWhen(step: Pick<Step, 'who' | 'who_name' | 'by'>): string {
  return [whoWords(step), step.by.trim()].filter(Boolean).join(' · ');
}

/** The coming back that still has to happen, the first of them. */
export function nextAftercare(aftercares: readonly Aftercare[]): Aftercare | null {
  return aftercares.find(({ closed }) => !closed) ?? null;
}

/** How we come back when nothing was agreed yet: as they want to be reached. */
export function usualKind(contact: HouseholdBody['contact']): Aftercare['kind'] {
  return contact?.channel === 'phone' ? 'call' : 'visit';
}

/** "We komen langs op dinsdag 3 maart 2026, middag." */
export function aftercareWords({ due_on, day_part, kind }: Aftercare): string {
  const day = formatDayLong(due_on);
  const moment = day_part === '' ? day : `${day}, ${dayPartWord(day_part)}`;
  return t(`plans.aftercare.agreed.${kind}`, { moment });
}

function lines(plan: Plan | null, stepLine: (step: Step) => string): string[] {
  return goalsToShow(plan).flatMap(({ text, steps }) => [
    text.trim(),
    ...steps.map((step) => stepLine(step)),
  ]);
}

/** What the phone reads out, sentence by sentence. */
export function spokenLines(plan: Plan | null, aftercare: Aftercare | null): string[] {
  const said = lines(plan, (step) => `${step.text.trim()}. ${whoAndWhen(step)}.`);
  return aftercare ? [...said, aftercareWords(aftercare)] : said;
}

/** The text to take along: no names, not even that of whoever helps. */
export function takeAlongText(plan: Plan | null, aftercare: Aftercare | null): string {
  const steps = lines(
    plan,
    (step) => `- ${step.text.trim()} (${whoAndWhen({ ...step, who_name: '' })})`,
  );
  return [t('plans.show.title'), ...steps, ...(aftercare ? [aftercareWords(aftercare)] : [])].join(
    '\n',
  );
}
