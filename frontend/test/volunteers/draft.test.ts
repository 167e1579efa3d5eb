/** The form of a volunteer: what it holds, and what it sends. */
import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  draftOf,
  experienceOf,
  isChosen,
  withDayPart,
  withoutEmptyRows,
} from '../../src/features/volunteers/desk/draft';
import type { Profile } from '../../src/features/volunteers/desk/requests';

const profile: Profile = {
  id: 'v',
  name: 'Anna de Wit',
  first_name: 'Anna',
  role: 'volunteer',
  clearance: 'cleared',
  cleared_until: '2028-02-03',
  mentor: false,
  starts_with_mentor: true,
  languages: ['tr'],
  day_parts: [{ weekday: 1, day_part: 'evening' }],
  absences: [{ first_day: '2026-02-10', last_day: '2026-02-12' }],
  certificate_seen: true,
  certificate_date: '2025-02-03',
  certificate_expires_on: '2028-02-03',
  experienced: false,
  streets: [{ city: 'Wilgendam', street: 'Elzenpad', doors: 60 }],
  addresses: [{ postcode: '8881SA', number: '12', street: 'Wilgenhof' }],
  left_doors: 0,
};

describe('the draft of a volunteer', () => {
  test('sends back what it was given', () => {
    expect(bodyOf(draftOf(profile), 'volunteer')).toEqual({
      certificate_seen: true,
      certificate_date: '2025-02-03',
      certificate_expires_on: '2028-02-03',
      experienced: false,
      starts_with_mentor: true,
      languages: ['tr'],
      day_parts: [{ weekday: 1, day_part: 'evening' }],
      absences: [{ first_day: '2026-02-10', last_day: '2026-02-12' }],
      streets: [{ city: 'Wilgendam', street: 'Elzenpad' }],
      addresses: [{ postcode: '8881SA', number: '12' }],
    });
  });

  test('keeps the dates of a certificate that was turned off, and does not send them', () => {
    const draft = { ...draftOf(profile), certificate_seen: false };
    expect(draft.certificate_date).toBe('2025-02-03');
    expect(bodyOf(draft, 'volunteer')).toMatchObject({
      certificate_date: null,
      certificate_expires_on: null,
    });
  });

  test('says one of three things about experience', () => {
    const say = (mentor: boolean, starts_with_mentor: boolean): string =>
      experienceOf({ mentor, starts_with_mentor });
    expect([say(false, true), say(false, false), say(true, false)]).toEqual([
      'new',
      'alone',
      'mentor',
    ]);
    const mentor = { ...draftOf(profile), experience: 'mentor' as const };
    expect(bodyOf(mentor, 'volunteer')).toMatchObject({
      experienced: true,
      starts_with_mentor: false,
    });
    expect(bodyOf(mentor, 'mentor').experienced).toBe(false);
  });

  test('drops rows in which nothing was typed, and keeps half a row to be pointed out', () => {
    const draft = draftOf(profile);
    const empty = { first_day: '', last_day: '' };
    const half = { first_day: '2026-03-01', last_day: '' };
    const blank = { postcode: ' ', number: '', street: '' };
    const kept = withoutEmptyRows({
      ...draft,
      absences: [empty, half],
      addresses: [blank, ...draft.addresses],
    });
    expect(kept.absences).toEqual([half]);
    expect(kept.addresses).toEqual(draft.addresses);
  });
});

describe('the week', () => {
  test('holds each day part once, and lets it go', () => {
    const once = withDayPart(profile.day_parts, 1, 'evening', true);
    expect(once).toHaveLength(1);
    const two = withDayPart(once, 1, 'morning', true);
    expect(isChosen(two, 1, 'morning')).toBe(true);
    expect(isChosen(two, 2, 'morning')).toBe(false);
    expect(withDayPart(two, 1, 'evening', false)).toEqual([{ weekday: 1, day_part: 'morning' }]);
  });
});
