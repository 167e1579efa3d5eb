/** What the form of a volunteer holds while it is filled in, and what is sent. */
import type { DayPart } from '../../../lib/dates';
import type { Street } from '../../territory/desk/requests';
import type { Profile, ProfileBody, WeeklyDayPart } from './requests';

export const EXPERIENCES = ['new', 'alone', 'mentor'] as const;
export type Experience = (typeof EXPERIENCES)[number];

export interface AbsenceRow {
  first_day: string;
  last_day: string;
}

export interface AddressRow {
  postcode: string;
  number: string;
  /** Where it turned out to be; '' for what was typed just now. */
  street: string;
}

export interface Draft {
  certificate_seen: boolean;
  certificate_date: string;
  certificate_expires_on: string;
  experience: Experience;
  languages: readonly string[];
  day_parts: readonly WeeklyDayPart[];
  absences: AbsenceRow[];
  streets: readonly Street[];
  addresses: AddressRow[];
}

export function experienceOf(one: {
  readonly mentor: boolean;
  readonly starts_with_mentor: boolean;
}): Experience {
  if (one.mentor) return 'mentor';
  return one.starts_with_mentor ? 'new' : 'alone';
}

export function draftOf(profile: Profile): Draft {
  return {
    certificate_seen: profile.certificate_seen,
    certificate_date: profile.certificate_date ?? '',
    certificate_expires_on: profile.certificate_expires_on ?? '',
    experience: experienceOf(profile),
    languages: profile.languages,
    day_parts: profile.day_parts,
    absences: profile.absences.map((one) => ({ ...one })),
    streets: profile.streets,
    addresses: profile.addresses.map((one) => ({ ...one })),
  };
}

/** Rows in which nothing was typed are no rows: they go before anything is sent. */
export function withoutEmptyRows(draft: Draft): Draft {
  return {
    ...draft,
    absences: draft.absences.filter((one) => one.first_day !== '' || one.last_day !== ''),
    addresses: draft.addresses.filter((one) => one.postcode.trim() + one.number.trim() !== ''),
  };
}

/** As the server wants it. Dates of a certificate that nobody saw stay in the form. */
export function bodyOf(draft: Draft, role: string): ProfileBody {
  const seen = draft.certificate_seen;
  return {
    certificate_seen: seen,
    certificate_date: seen ? draft.certificate_date : null,
    certificate_expires_on: seen ? draft.certificate_expires_on : null,
    // Who has the role of mentor is one by that role.
    experienced: draft.experience === 'mentor' && role !== 'mentor',
    starts_with_mentor: draft.experience === 'new',
    languages: draft.languages,
    day_parts: draft.day_parts,
    absences: draft.absences,
    streets: draft.streets.map(({ city, street }) => ({ city, street })),
    addresses: draft.addresses.map(({ postcode, number }) => ({ postcode, number })),
  };
}

export function isChosen(week: readonly WeeklyDayPart[], weekday: number, part: DayPart): boolean {
  return week.some((one) => one.weekday === weekday && one.day_part === part);
}

/** The week with this day part turned on or off. */
export function withDayPart(
  week: readonly WeeklyDayPart[],
  weekday: number,
  part: DayPart,
  on: boolean,
): WeeklyDayPart[] {
  const others = week.filter((one) => one.weekday !== weekday || one.day_part !== part);
  return on ? [...others, { weekday, day_part: part }] : others;
}
