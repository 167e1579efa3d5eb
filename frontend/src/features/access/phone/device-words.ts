/** Which of one's devices are shown, in which order, and how each is called: they have no names. */
import type { OwnDevice } from '../../../api/own-devices';
import { dayOf, daysBetween, formatDay, formatTime, today } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import { ports } from '../../../lib/ports';

/** A browser that keeps nothing is worth showing for so long after its last contact, in days. */
const RECENT = 7;

export interface Listed {
  /** The device that this screen stands on, as far as the server knows it. */
  readonly here: OwnDevice | null;
  /** Not revoked, the last in contact first. */
  readonly others: readonly OwnDevice[];
  /** Not revoked either, but so long without contact that they cannot be read. */
  readonly silent: readonly OwnDevice[];
  readonly revoked: readonly OwnDevice[];
}

function isWorthShowing({ keeps_nothing: keepsNothing, last_contact_at: at }: OwnDevice): boolean {
  return !keepsNothing || daysBetween(dayOf(at), today()) <= RECENT;
}

/**
 * This device apart; browsers that kept nothing and are long gone left out. `leaseHours`: so long after
 * its last contact a phone may be read.
 */
export function listed(
  devices: readonly OwnDevice[],
  own: string | null,
  leaseHours: number,
): Listed {
  const here = devices.find(({ id }) => id === own) ?? null;
  const rest = devices.filter((one) => one !== here && isWorthShowing(one));
  const live = rest.filter(({ revoked_at: at }) => at === null);
  const closed = ports.clock.now().getTime() - leaseHours * 3_600_000;
  const isSilent = ({ keeps_nothing: nothing, last_contact_at: at }: OwnDevice): boolean =>
    !nothing && new Date(at).getTime() < closed;
  return {
    here,
    others: live.filter((one) => !isSilent(one)),
    silent: live.filter(isSilent),
    revoked: rest.filter(({ revoked_at: at }) => at !== null),
  };
}

/** "Telefoon sinds di 3 feb": the day is what tells one from another. */
export function deviceName({ keeps_nothing: keepsNothing, enrolled_at: at }: OwnDevice): string {
  return t(keepsNothing ? 'devices.browser' : 'devices.phone', { day: formatDay(dayOf(at)) });
}

/** "vandaag om 14:30", "gisteren om 9:05", "3 dagen geleden". */
export function contactWords({ last_contact_at: at }: OwnDevice): string {
  const count = daysBetween(dayOf(at), today());
  if (count > 1) return t('devices.ago', { count });
  return t(count === 1 ? 'devices.yesterday' : 'devices.today', { time: formatTime(at) });
}

/** The quiet line below the name. */
export function deviceDetail(device: OwnDevice): string {
  const { revoked_at: at, keeps_nothing: keepsNothing } = device;
  if (at !== null) return t('devices.revoked_on', { day: formatDay(dayOf(at)) });
  const when = contactWords(device);
  return t(keepsNothing ? 'devices.contact_online' : 'devices.contact', { when });
}

/** What becomes of what stands on it once it is revoked. */
export function whatFollows({ sealed, keeps_nothing: keepsNothing }: OwnDevice): string {
  if (keepsNothing) return t('devices.revoke.keeps_nothing');
  return t(sealed ? 'devices.revoke.hands_over' : 'devices.revoke.hands_over_nothing');
}
