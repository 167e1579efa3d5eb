/** What the desk asks the server about volunteers: when they can walk, and whether they may. */
import { get, put } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';
import type { Street, StreetName } from '../../territory/desk/requests';

export const CLEARANCES = ['cleared', 'ends_soon', 'expired', 'none'] as const;
export type Clearance = (typeof CLEARANCES)[number];

/** A day part of every week; weekday 1 is Monday. */
export interface WeeklyDayPart {
  readonly weekday: number;
  readonly day_part: DayPart;
}

export interface Absence {
  readonly first_day: string;
  readonly last_day: string;
}

/** A door as people write it. */
export interface WrittenDoor {
  readonly postcode: string;
  readonly number: string;
}

/** What planning needs of somebody; it says how things are, also where nothing was filled in. */
export interface Volunteer {
  readonly id: string;
  readonly name: string;
  readonly first_name: string;
  readonly role: string;
  readonly clearance: Clearance;
  readonly cleared_until: string | null;
  readonly mentor: boolean;
  readonly starts_with_mentor: boolean;
  readonly languages: readonly string[];
  readonly day_parts: readonly WeeklyDayPart[];
  readonly absences: readonly Absence[];
}

/** All of it, for who guards volunteers. */
export interface Profile extends Volunteer {
  readonly certificate_seen: boolean;
  readonly certificate_date: string | null;
  readonly certificate_expires_on: string | null;
  readonly experienced: boolean;
  readonly streets: readonly Street[];
  readonly addresses: readonly (WrittenDoor & { readonly street: string })[];
  /** Doors that their pair left by itself. */
  readonly left_doors: number;
}

export interface ProfileBody {
  readonly certificate_seen: boolean;
  readonly certificate_date: string | null;
  readonly certificate_expires_on: string | null;
  readonly experienced: boolean;
  readonly starts_with_mentor: boolean;
  readonly languages: readonly string[];
  readonly day_parts: readonly WeeklyDayPart[];
  readonly absences: readonly Absence[];
  readonly streets: readonly StreetName[];
  readonly addresses: readonly WrittenDoor[];
}

/** Everybody, or only who can walk at a moment. */
export const readVolunteers = (date: string, part: DayPart | ''): Answer<Volunteer[]> => {
  const moment = date === '' || part === '' ? '' : `?date=${date}&dayPart=${part}`;
  return everyPage<Volunteer>(`/volunteers${moment}`);
};
export const readVolunteer = (id: string): Answer<Volunteer> => get(`/volunteers/${id}`);
export const setFirstRounds = (id: string, withMentor: boolean): Answer<Volunteer> =>
  put(`/volunteers/${id}/first-rounds`, { starts_with_mentor: withMentor });

export const readProfile = (id: string): Answer<Profile> => get(`/volunteers/${id}/profile`);
export const saveProfile = (id: string, body: ProfileBody): Answer<Profile> =>
  put(`/volunteers/${id}/profile`, body);
export const readSpokenLanguages = (): Answer<{ codes: readonly string[] }> =>
  get('/spoken-languages');
