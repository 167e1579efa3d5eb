/** How a volunteer reads at the desk. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  awayWords,
  certificateWords,
  languageWords,
  mayGo,
  weekWords,
} from '../../src/features/volunteers/desk/words';
import { CLEARANCES, type Volunteer } from '../../src/features/volunteers/desk/requests';
import { weekdayWord } from '../../src/lib/dates';
import { loadStrings } from '../../src/lib/i18n.svelte';

const one: Volunteer = {
  id: 'v',
  name: 'Anna de Wit',
  first_name: 'Anna',
  role: 'volunteer',
  clearance: 'cleared',
  cleared_until: '2026-12-01',
  mentor: false,
  starts_with_mentor: false,
  languages: [],
  day_parts: [],
  absences: [],
};

beforeAll(() => loadStrings('nl'));

describe('the words of a volunteer', () => {
  test('say how they stand with their certificate', () => {
    expect(certificateWords(one)).toBe('In orde, tot en met di 1 dec');
    expect(certificateWords({ ...one, clearance: 'ends_soon' })).toBe(
      'Loopt bijna af, tot en met di 1 dec',
    );
    expect(certificateWords({ ...one, clearance: 'expired', cleared_until: '2026-01-05' })).toBe(
      'Verlopen, liep tot en met ma 5 jan',
    );
    expect(certificateWords({ ...one, clearance: 'none', cleared_until: null })).toBe('Geen VOG');
    expect(CLEARANCES.filter((clearance) => mayGo({ clearance }))).toEqual([
      'cleared',
      'ends_soon',
    ]);
  });

  test('tell a week from Monday on, the parts of a day in their order', () => {
    expect(
      weekWords([
        { weekday: 7, day_part: 'morning' },
        { weekday: 1, day_part: 'evening' },
        { weekday: 1, day_part: 'morning' },
      ]),
    ).toBe('ma ochtend, avond · zo ochtend');
    expect(weekWords([])).toBe('');
    expect([1, 2, 3, 4, 5, 6, 7].map(weekdayWord)).toEqual([
      'maandag',
      'dinsdag',
      'woensdag',
      'donderdag',
      'vrijdag',
      'zaterdag',
      'zondag',
    ]);
  });

  test('name one day away as one day', () => {
    expect(
      awayWords([
        { first_day: '2026-02-03', last_day: '2026-02-03' },
        { first_day: '2026-02-10', last_day: '2026-02-13' },
      ]),
    ).toBe('di 3 feb · di 10 feb tot en met vr 13 feb');
  });

  test('put languages in the order of the alphabet', () => {
    expect(languageWords(['tr', 'ary', 'ar'])).toBe('Arabisch, Marokkaans-Arabisch, Turks');
  });
});
