/** Saves what came of a door, says so, and offers to take it back. */
import { dayPartWord, formatDay } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { Outcome, OutcomeDetails } from '../../../store/dossiers';
import { offerUndo } from '../../../ui/undo.svelte';
import { Saving } from '../../access/phone/saving.svelte';
import { leaveDoor, markEntranceBlocked, recordOutcome, undoVisit } from '../acts';
import { doorName, type Door } from './doors';

/** Shared by the list and the door: an undo may fail on another screen than where it began. */
export const doorSaving = new Saving();

/** "di 10 feb, middag" */
export function momentWords(moment: {
  date: string;
  day_part: 'morning' | 'afternoon' | 'evening';
}): string {
  return t('visits.moment', { day: formatDay(moment.date), part: dayPartWord(moment.day_part) });
}

/** An outcome in words, with what belongs to it: "later: di 10 feb, middag". */
export function outcomeWords(outcome: Outcome, details: OutcomeDetails = {}): string {
  const word = t(`visits.outcome.${outcome}`);
  const { date, day_part, scope } = details;
  if (outcome === 'later' && date !== undefined && day_part !== undefined) {
    return `${word}: ${momentWords({ date, day_part })}`;
  }
  return scope === 'always' ? t('visits.outcome.refused_always') : word;
}

/** The door as it shows once `outcome` stands there: what an undo is changed from. */
function after(door: Door, outcome: Outcome): Door {
  const { attempt } = door.body;
  const next = attempt ?? { details: {}, date: '', day_part: 'morning' as const, by: '' };
  return { ...door, body: { ...door.body, attempt: { ...next, outcome } } };
}

function takeBack(door: Door, outcome: Outcome): Promise<boolean> {
  const before = door.body.attempt;
  const shown = after(door, outcome);
  return doorSaving.run(() =>
    before === null ? undoVisit(shown) : recordOutcome(shown, before.outcome, before.details),
  );
}

/** Record or correct one door. True once it is on the phone; then it can be undone. */
export async function recordAt(
  door: Door,
  outcome: Outcome,
  details: OutcomeDetails = {},
): Promise<boolean> {
  const saved = await doorSaving.run(() => recordOutcome(door, outcome, details));
  if (!saved) return false;
  offerUndo({
    message: t('visits.saved', {
      door: doorName(door.body),
      outcome: outcomeWords(outcome, details),
    }),
    undo: async () => {
      await takeBack(door, outcome);
    },
  });
  return true;
}

/** One tap for all doors behind one entrance; one undo takes all of them back. */
export async function blockEntrance(doors: readonly Door[]): Promise<boolean> {
  const untouched = doors.filter(({ body }) => body.attempt === null);
  const saved = await doorSaving.run(() => markEntranceBlocked(untouched));
  if (!saved) return false;
  offerUndo({
    message: t('visits.saved_many', { count: untouched.length }),
    undo: async () => {
      for (const door of untouched) await takeBack(door, 'no_access');
    },
  });
  return true;
}

/** They know these people: others go there. True once it is on the phone; it can be taken back. */
export async function passOn(door: Door): Promise<boolean> {
  if (!(await doorSaving.run(() => leaveDoor(door.id)))) return false;
  offerUndo({
    message: t('visits.left.saved', { door: doorName(door.body) }),
    undo: async () => {
      await keepOurs(door);
    },
  });
  return true;
}

/** The door is ours after all. */
export function keepOurs(door: Door): Promise<boolean> {
  return doorSaving.run(() => leaveDoor(door.id, false));
}
