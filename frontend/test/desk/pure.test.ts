/** What desk screens compute: filters, orders, choices, menus. */
import { describe, expect, test } from 'vitest';
import { contentLines } from '../../src/features/sync/desk/words';
import { currentLine, homeFor, menuFor } from '../../src/features/access/desk/menu';
import {
  contactWords,
  mayMakeLink,
  rolesFor,
  rolesToGive,
  standingOf,
} from '../../src/features/access/desk/words';
import type { Account } from '../../src/features/access/desk/requests';
import { EVERYTHING, passing, readFilter } from '../../src/features/handover/desk/filter';
import type { Waiting } from '../../src/features/handover/desk/requests';
import {
  doorsIn,
  isChosen,
  withoutStreet,
  withStreets,
} from '../../src/features/territory/desk/chosen';
import { dropped, moved, sameOrder } from '../../src/features/visits/desk/order';
import { loadStrings } from '../../src/lib/i18n.svelte';

describe('when a phone last came by', () => {
  // The clock stands at 3 February, 14:00 in Amsterdam.
  test('reads in Amsterdam days, the date beside what is longer ago', async () => {
    await loadStrings('nl');
    expect(contactWords('2026-02-02T23:30:00Z')).toBe('vandaag, 00:30');
    expect(contactWords('2026-02-02T22:30:00Z')).toBe('gisteren, 23:30');
    expect(contactWords('2026-01-30T12:00:00Z')).toBe('4 dagen geleden, vr 30 jan');
  });
});

describe('the filter of hand-overs', () => {
  const line = (id: string, more: Partial<Waiting>): Waiting => ({
    id,
    urgency: 'ordinary',
    crisis: false,
    state: 'offered',
    received_at: '2026-02-03T13:00:00Z',
    team_id: 't',
    address: null,
    debt_help_asked_on: null,
    first_talk_by: null,
    first_talk_left: null,
    coach: null,
    ...more,
  });
  const lines = [
    line('1', { urgency: 'crisis', crisis: true }),
    line('2', { coach: 'Nadia' }),
    line('3', {}),
  ];

  test('keeps the order and combines', () => {
    const ids = (filter: typeof EVERYTHING): string[] => passing(lines, filter).map(({ id }) => id);
    expect(ids(EVERYTHING)).toEqual(['1', '2', '3']);
    expect(ids({ ...EVERYTHING, whose: 'taken' })).toEqual(['2']);
    expect(ids({ ...EVERYTHING, whose: 'nobody', urgency: 'ordinary' })).toEqual(['3']);
  });

  test('counts a request for debt help in a crisis as a crisis', () => {
    const some = [line('1', { crisis: true }), line('2', { urgency: 'crisis', crisis: true })];
    const ids = (urgency: 'crisis' | 'ordinary'): string[] =>
      passing([...some, line('3', {})], { ...EVERYTHING, urgency }).map(({ id }) => id);
    expect(ids('crisis')).toEqual(['1', '2']);
    expect(ids('ordinary')).toEqual(['3']);
  });

  test('forgets what makes no sense', () => {
    expect(readFilter(null)).toEqual(EVERYTHING);
    expect(readFilter('{not json')).toEqual(EVERYTHING);
    expect(readFilter('{"urgency":"purple","whose":"taken","closed":"yes"}')).toEqual({
      closed: false,
      urgency: 'all',
      whose: 'taken',
    });
  });
});

describe('the order of doors', () => {
  test('moves one, drops one, and knows when nothing changed', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
    expect(dropped(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
    expect(sameOrder([{ id: '1' }, { id: '2' }], [{ id: '2' }, { id: '1' }])).toBe(false);
    expect(sameOrder([{ id: '1' }], [{ id: '1' }])).toBe(true);
  });
});

describe('the choice of streets', () => {
  const hof = { city: 'Wilgendam', street: 'Hof', doors: 12 };
  const pad = { city: 'Wilgendam', street: 'Pad', doors: 30 };

  test('holds each once, tells same names in two towns apart, and counts doors', () => {
    const elsewhere = { ...hof, city: 'Oeverwijk', doors: 5 };
    const chosen = withStreets([hof], [hof, pad, elsewhere]);
    expect(chosen).toEqual([hof, pad, elsewhere]);
    expect(doorsIn(chosen)).toBe(47);
    expect(isChosen(withoutStreet(chosen, hof), elsewhere)).toBe(true);
    expect(isChosen(withoutStreet(chosen, hof), hof)).toBe(false);
  });
});

describe('the menu', () => {
  const supervisor = ['door.decide', 'campaign.read', 'address.import'];

  test('shows what the permissions open, and begins there', () => {
    expect(menuFor(supervisor).map(({ key }) => key)).toEqual([
      'attention',
      'campaigns',
      'addresses',
    ]);
    expect(homeFor(supervisor)).toBe('/desk');
    expect(homeFor(['handover.read'])).toBe('/desk/handovers');
    expect(homeFor(['sync', 'campaign.read'])).toBe('/');
    expect(homeFor(['own.account'])).toBe('/desk');
  });

  test('marks the line that a page belongs to', () => {
    const lines = menuFor(supervisor);
    expect(currentLine(lines, '/desk')?.key).toBe('attention');
    expect(currentLine(lines, '/desk/campaigns/new')?.key).toBe('campaigns');
    expect(currentLine(lines, '/desk/rounds/1')?.key).toBe('campaigns');
    expect(currentLine(lines, '/desk/elsewhere')).toBeUndefined();
  });
});

describe('accounts', () => {
  test('stand as they are, and a coordinator gives the roles of the field only', () => {
    const account = { active: true, signed_up: false } as Account;
    expect(standingOf(account)).toBe('invited');
    expect(standingOf({ ...account, signed_up: true })).toBe('active');
    expect(standingOf({ ...account, active: false })).toBe('ended');
    expect(rolesToGive(false)).not.toContain('admin');
    expect(rolesToGive(true)).toContain('admin');
  });

  test('a coordinator makes no password that opens dossiers, only a first link to one', () => {
    const coach = { role: 'wijkcoach', signed_up: true } as Account;
    expect(mayMakeLink(coach, false)).toBe(false);
    expect(mayMakeLink(coach, true)).toBe(true);
    expect(mayMakeLink({ ...coach, signed_up: false }, false)).toBe(true);
    expect(mayMakeLink({ ...coach, role: 'volunteer' }, false)).toBe(true);
    expect(rolesFor({ ...coach, role: 'volunteer' }, false)).toEqual(['volunteer', 'mentor']);
    expect(rolesFor(coach, false)).toEqual(['volunteer', 'mentor', 'wijkcoach']);
    expect(rolesFor(coach, true)).toEqual(rolesToGive(true));
    expect(rolesFor(null, false)).toEqual(rolesToGive(false));
  });
});

describe('the content of what could not be processed', () => {
  test('becomes lines without ids', () => {
    const body = { note_id: 'x', position: 3, text: 'De brief', from: 'Brief', details: { a: 1 } };
    expect(contentLines(body).map(({ value }) => value)).toEqual(['De brief', '1']);
    expect(contentLines({ text: '' })).toEqual([]);
  });
});
