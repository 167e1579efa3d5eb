/** How roles, permissions, the standing of an account and a phone's last contact read. */
import { dayOf, daysBetween, formatDay, formatTime, today } from '../../../lib/dates';
import { hasText, t } from '../../../lib/i18n.svelte';
import type { Account } from './requests';

/** `invited`: made, but has not chosen a password yet. */
export type Standing = 'active' | 'invited' | 'ended';

export function standingOf({ active, signed_up: signedUp }: Account): Standing {
  if (!active) return 'ended';
  return signedUp ? 'active' : 'invited';
}

export function roleWord(role: string): string {
  const key = `desk_access.role.${role}`;
  return hasText(key) ? t(key) : role.replaceAll('_', ' ');
}

/** "visit.record" is the key "visit_record": keys hold no second dot. */
export function permissionWord(permission: string): string {
  const key = `desk_access.permission.${permission.replaceAll('.', '_')}`;
  return hasText(key) ? t(key) : permission;
}

/** When a phone last came by: "vandaag, 14:30", "3 dagen geleden, di 3 feb". */
export function contactWords(instant: string): string {
  const day = dayOf(instant);
  const count = daysBetween(day, today());
  if (count > 1) return t('desk_devices.ago', { count, day: formatDay(day) });
  const key = count === 1 ? 'desk_devices.yesterday' : 'desk_devices.today';
  return t(key, { time: formatTime(instant) });
}

const ROLES = [
  'volunteer',
  'mentor',
  'coordinator',
  'supervisor',
  'wijkcoach',
  'team_lead',
  'safeguarding_officer',
  'privacy_officer',
  'admin',
  'partner',
] as const;
const COORDINATORS_GIVE: readonly string[] = ['volunteer', 'mentor', 'wijkcoach', 'team_lead'];

/** Who sets the password of one of these could read what households said. */
const OPENS_DOSSIERS: readonly string[] = ['wijkcoach', 'team_lead', 'safeguarding_officer'];

/** The roles somebody may give: all for who sets up the municipality, those of the field otherwise. */
export function rolesToGive(setsUp: boolean): string[] {
  return ROLES.filter((role) => setsUp || COORDINATORS_GIVE.includes(role));
}

/** The roles this account may get: one with a password gets no dossiers from a coordinator. */
export function rolesFor(account: Account | null, setsUp: boolean): string[] {
  const roles = rolesToGive(setsUp);
  if (setsUp || account?.signed_up !== true) return roles;
  return roles.filter((role) => role === account.role || !OPENS_DOSSIERS.includes(role));
}

/** A link for a first password, or a new one; the latter is the admin's for who reads dossiers. */
export function mayMakeLink({ role, signed_up: signedUp }: Account, setsUp: boolean): boolean {
  return setsUp || !signedUp || !OPENS_DOSSIERS.includes(role);
}
