/** What the desk asks the server about accounts, teams and the municipality. */
import { get, patch, post, put, type Problem } from '../../../api/client';
import type { Language } from '../../../lib/i18n.svelte';
import type { Result } from '../../../lib/result';
import { everyPage } from './pages';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly first_name: string;
  readonly phone: string;
  readonly role: string;
  readonly team_id: string | null;
  readonly language: string;
  readonly active: boolean;
  readonly signed_up: boolean;
  readonly district_ids: readonly string[];
}

export type AccountBody = Omit<Account, 'id' | 'active' | 'signed_up'>;

export interface Municipality {
  readonly id: string;
  readonly name: string;
  readonly privacy_contact: string;
  readonly duty_phone: string;
  readonly lease_hours: number;
  readonly lock_minutes: number;
  readonly talk_lock_minutes: number;
  readonly cover_minutes: number;
  readonly watch_minutes: number;
}

export interface District {
  readonly id: string;
  readonly name: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly district_id: string;
  readonly duty_phone: string;
}

export interface RoleLine {
  readonly role: string;
  readonly permissions: readonly string[];
}

export interface Invited {
  readonly first_name: string;
  readonly email: string;
  readonly municipality: string;
}

/** Shown once; the server keeps only its digest. */
export interface InvitationLink {
  readonly link: string;
  readonly days: number;
}

/** A phone or browser; `live_devices` counts what its owner has that keeps something, less revoked. */
export interface Device {
  readonly id: string;
  readonly account: { readonly id: string; readonly name: string; readonly live_devices: number };
  readonly enrolled_at: string;
  readonly last_contact_at: string;
  readonly sealed: boolean;
  /** It has a store in memory only, and works online only. */
  readonly keeps_nothing: boolean;
  readonly revoked_at: string | null;
}

/** Without an address: moved, or erased since. */
export interface HeldHousehold {
  readonly id: string;
  readonly street: string | null;
  readonly number: string | null;
  readonly role: 'recorder' | 'aftercare' | 'erased';
}

/** What a phone held; nothing of what was said. */
export interface BreachReport {
  readonly device: Device;
  readonly sealed: boolean;
  readonly last_contact_at: string;
  readonly households: readonly HeldHousehold[];
  readonly doors: number;
  readonly rounds: number;
}

export type Answer<T> = Promise<Result<T, Problem>>;

export const chooseLanguage = (language: Language): Answer<unknown> =>
  put('/me/language', { language });

export const lookUpInvitation = (token: string): Answer<Invited> =>
  post('/invitations/lookup', { token });
export const acceptInvitation = (token: string, password: string): Answer<Invited> =>
  post('/invitations/acceptance', { token, password });

export const readAccounts = (): Answer<Account[]> => everyPage<Account>('/accounts');
export const createAccount = (body: AccountBody): Answer<Account> => post('/accounts', body);
export const changeAccount = (
  id: string,
  change: Partial<AccountBody & Pick<Account, 'active'>>,
): Answer<Account> => patch(`/accounts/${id}`, change);
export const invite = (id: string): Answer<InvitationLink> =>
  post(`/accounts/${id}/invitation`, {});

export const readMunicipality = (): Answer<Municipality> => get('/municipality');
export const setMunicipality = (body: Omit<Municipality, 'id'>): Answer<Municipality> =>
  put('/municipality', body);

export const readDistricts = (): Answer<District[]> => everyPage<District>('/districts');
export const saveDistrict = (id: string | null, name: string): Answer<District> =>
  id === null ? post('/districts', { name }) : put(`/districts/${id}`, { name });

export const readTeams = (): Answer<Team[]> => everyPage<Team>('/teams');
export const saveTeam = (id: string | null, body: Omit<Team, 'id'>): Answer<Team> =>
  id === null ? post('/teams', body) : put(`/teams/${id}`, body);

export const readRoles = (): Answer<RoleLine[]> => everyPage<RoleLine>('/roles');

export const readDevices = (): Answer<Device[]> => everyPage<Device>('/devices');
export const askRemovalCode = (id: string): Answer<{ code: string }> =>
  post(`/devices/${id}/removal-code`);
export const revokeDevice = (id: string): Answer<Device> => post(`/devices/${id}/revocation`);
export const readBreach = (id: string, reason: string): Answer<BreachReport> =>
  post(`/devices/${id}/breach-report`, { reason });
