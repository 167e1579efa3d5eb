/** What is at the desk, in order, and the permission that opens it; and where somebody begins. */
import type { IconName } from '../../../ui/icon-names';

export interface MenuLine {
  readonly href: string;
  /** Its word is `desk_access.menu.<key>`. */
  readonly key: string;
  readonly icon: IconName;
  /** One of these is enough. */
  readonly needs: readonly string[];
  /** Pages that belong to it but stand elsewhere. */
  readonly also?: readonly string[];
}

export const HOME = '/desk';

const LINES: readonly MenuLine[] = [
  { href: HOME, key: 'attention', icon: 'bell', needs: ['door.decide', 'debrief.read'] },
  { href: '/desk/watch', key: 'watch', icon: 'eye', needs: ['round.watch'] },
  {
    href: '/desk/campaigns',
    key: 'campaigns',
    icon: 'flag',
    needs: ['campaign.read'],
    also: ['/desk/rounds/', '/desk/round-plans/', '/desk/letterhead'],
  },
  { href: '/desk/calls', key: 'calls', icon: 'message-circle', needs: ['call.answer'] },
  { href: '/desk/handovers', key: 'handovers', icon: 'heart-handshake', needs: ['handover.read'] },
  { href: '/desk/debriefs', key: 'debriefs', icon: 'phone', needs: ['debrief.read'] },
  { href: '/desk/incidents', key: 'incidents', icon: 'circle-alert', needs: ['incident.read'] },
  { href: '/desk/concerns', key: 'concerns', icon: 'shield', needs: ['concern.read'] },
  { href: '/desk/plans', key: 'plans', icon: 'file-text', needs: ['plan.print'] },
  { href: '/desk/quarantine', key: 'quarantine', icon: 'layers', needs: ['quarantine.read'] },
  { href: '/desk/accounts', key: 'accounts', icon: 'users', needs: ['account.read'] },
  { href: '/desk/volunteers', key: 'volunteers', icon: 'hand-helping', needs: ['volunteer.read'] },
  { href: '/desk/addresses', key: 'addresses', icon: 'map', needs: ['address.import'] },
  {
    href: '/desk/municipality',
    key: 'municipality',
    icon: 'settings',
    needs: ['municipality.write'],
  },
  { href: '/desk/trail', key: 'trail', icon: 'book-open', needs: ['trail.read'] },
  { href: '/desk/figures', key: 'figures', icon: 'list', needs: ['figures.read'] },
  { href: '/desk/devices', key: 'devices', icon: 'smartphone', needs: ['device.read'] },
  {
    href: '/desk/roles',
    key: 'roles',
    icon: 'key-round',
    needs: ['account.write', 'municipality.write', 'trail.read'],
  },
];

/** The lines of the menu for somebody with these permissions. */
export function menuFor(permissions: readonly string[]): MenuLine[] {
  return LINES.filter((line) => line.needs.some((need) => permissions.includes(need)));
}

/** The line a path belongs to: its own, or the one a page deeper in hangs under. */
export function currentLine(lines: readonly MenuLine[], path: string): MenuLine | undefined {
  return lines.find(
    ({ href, also }) =>
      path === href ||
      (href !== HOME && path.startsWith(`${href}/`)) ||
      also?.some((place) => path.startsWith(place)) === true,
  );
}

/** Where somebody begins: in the field with today's round, at the desk with what waits for them. */
export function homeFor(permissions: readonly string[]): string {
  if (permissions.includes('sync')) return '/';
  return menuFor(permissions)[0]?.href ?? HOME;
}
