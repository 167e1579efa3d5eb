/** *Needs you*: why somebody is needed, in words, and the one thing to do about it. */
import { get, post, remove } from '../../../api/client';
import { formatDay, formatInstant } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { Answer } from '../../access/desk/requests';

export type Reason =
  | 'incident'
  | 'heavy_talk'
  | 'unsent'
  | 'silent_round'
  | 'quiet'
  | 'aftercare'
  | 'voucher_codes'
  | 'falling_doors'
  | 'certificate'
  | 'quiet_phone';

export interface NeedsYouLine {
  readonly key: string;
  readonly reason: Reason;
  readonly subject_id: string;
  readonly who: string;
  readonly count: number;
  readonly since: string | null;
  readonly on: string | null;
  readonly urgent: boolean;
  readonly can_wait: boolean;
}

export interface NeedsYou {
  readonly lines: readonly NeedsYouLine[];
  readonly more: number;
  readonly put_off: number;
}

export const NOTHING: NeedsYou = { lines: [], more: 0, put_off: 0 };

export const readNeedsYou = (): Answer<NeedsYou> => get('/needs-you');
export const putOff = (key: string, days: 1 | 7): Answer<unknown> =>
  post('/needs-you/snoozes', { key, days });
export const showAll = (): Answer<unknown> => remove('/needs-you/snoozes');

/** What it is about. */
export function sentence({ reason, who, count, on }: NeedsYouLine): string {
  return t(`desk_needs_you.${reason}`, { who, count, on: on === null ? '' : formatDay(on) });
}

const LAST_SEEN: readonly Reason[] = ['quiet', 'quiet_phone', 'silent_round'];

/** Since when, where that says more than the sentence does. */
export function sinceWords({ reason, since, on }: NeedsYouLine): string | undefined {
  const at = since === null ? null : formatInstant(since);
  if (LAST_SEEN.includes(reason))
    return at === null ? t('desk_needs_you.never') : t('desk_needs_you.last_seen', { at });
  if (reason === 'aftercare' && on !== null)
    return t('desk_needs_you.since_day', { on: formatDay(on) });
  return at === null ? undefined : t('desk_needs_you.since', { at });
}

interface Action {
  readonly href: string;
  readonly words: string;
}

type Way = 'incident' | 'heavy_talk' | 'volunteer' | 'campaign' | 'vouchers' | 'device';

const WAYS: Readonly<Record<Reason, readonly [Way, (id: string) => string]>> = {
  incident: ['incident', (id) => `/desk/incidents/${id}`],
  heavy_talk: ['heavy_talk', () => '/desk/debriefs'],
  unsent: ['volunteer', (id) => `/desk/volunteers/${id}`],
  silent_round: ['volunteer', (id) => `/desk/volunteers/${id}`],
  quiet: ['volunteer', (id) => `/desk/volunteers/${id}`],
  aftercare: ['volunteer', (id) => `/desk/volunteers/${id}`],
  certificate: ['volunteer', (id) => `/desk/volunteers/${id}`],
  voucher_codes: ['vouchers', (id) => `/desk/campaigns/${id}/vouchers`],
  falling_doors: ['campaign', (id) => `/desk/campaigns/${id}`],
  quiet_phone: ['device', () => '/desk/devices'],
};

/** The one thing to do about it. */
export function actionFor({ reason, subject_id: id }: NeedsYouLine): Action {
  const [way, href] = WAYS[reason];
  return { href: href(id), words: t(`desk_needs_you.do.${way}`) };
}
