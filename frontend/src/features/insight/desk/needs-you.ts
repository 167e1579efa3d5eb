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

/** Since when, where that says more than the sentence does. */
export function sinceWords({ reason, since, on }: NeedsYouLine): string | undefined {
  switch (reason) {
    case 'quiet':
    case 'quiet_phone':
    case 'silent_round':
      return t('desk_needs_you.last_seen', {
        at: since === null ? t('desk_needs_you.never') : formatInstant(since),
      });
    case 'aftercare':
      return on === null ? undefined : t('desk_needs_you.since_day', { on: formatDay(on) });
    default:
      return since === null ? undefined : t('desk_needs_you.since', { at: formatInstant(since) });
  }
}

interface Action {
  readonly href: string;
  readonly words: string;
}

/** The one thing to do about it. */
export function actionFor({ reason, subject_id: id }: NeedsYouLine): Action {
  switch (reason) {
    case 'incident':
      return { href: `/desk/incidents/${id}`, words: t('desk_needs_you.do.incident') };
    case 'heavy_talk':
      return { href: '/desk/debriefs', words: t('desk_needs_you.do.heavy_talk') };
    case 'voucher_codes':
      return { href: `/desk/campaigns/${id}/vouchers`, words: t('desk_needs_you.do.vouchers') };
    case 'falling_doors':
      return { href: `/desk/campaigns/${id}`, words: t('desk_needs_you.do.campaign') };
    case 'quiet_phone':
      return { href: '/desk/devices', words: t('desk_needs_you.do.device') };
    default:
      return { href: `/desk/volunteers/${id}`, words: t('desk_needs_you.do.volunteer') };
  }
}
