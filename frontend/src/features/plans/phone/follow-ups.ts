/** *Nazorg* in groups, and the words that go with each follow-up. Pure, save for the words. */
import { dayPartWord, daysBetween, formatDay, type Day } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { Aftercare, HouseholdBody, Step } from '../../../store/dossiers';
import type { FollowUp } from '../../access/phone/due';

export interface Groups {
  /** The date has come, longest ago first. */
  readonly due: readonly FollowUp[];
  /** Visible before its date, nearest first. */
  readonly coming: readonly FollowUp[];
  readonly closed: readonly FollowUp[];
}

/** Sort follow-ups, given nearest date first, into what is due, what comes and what is closed. */
export function groupFollowUps(all: readonly FollowUp[], today: Day): Groups {
  const open = all.filter(({ aftercare }) => !aftercare.closed);
  return {
    due: open.filter(({ aftercare }) => aftercare.due_on <= today),
    coming: open.filter(({ aftercare }) => aftercare.due_on > today),
    closed: all.filter(({ aftercare }) => aftercare.closed),
  };
}

/** What the household asked to be called, else its street, else a plain word. */
export function calledName(body: HouseholdBody): string {
  const name = body.contact?.called_name.trim() ?? '';
  if (name !== '') return name;
  return body.address === null
    ? t('aftercare.somebody')
    : `${body.address.street} ${body.address.number}`;
}

/** "di 3 mrt, middag" */
export function whenWords({ due_on, day_part }: Aftercare): string {
  const day = formatDay(due_on);
  return day_part === '' ? day : t('visits.moment', { day, part: dayPartWord(day_part) });
}

/** Further away than this a date says more than a number of days. */
const NEAR = 7;

/** "vandaag", "over 3 dagen", "2 dagen geleden", "do 19 feb": when it is due, as people say it. */
export function nearness({ due_on }: Aftercare, today: Day): string {
  const days = daysBetween(today, due_on);
  if (Math.abs(days) > NEAR) return formatDay(due_on);
  if (days === 0) return t('aftercare.today');
  return days > 0
    ? t('aftercare.in_days', { count: days })
    : t('aftercare.days_ago', { count: -days });
}

/** All steps of a plan in its own order. */
export function stepsOf({ plan }: HouseholdBody): Step[] {
  return plan?.goals.flatMap(({ steps }) => steps) ?? [];
}
