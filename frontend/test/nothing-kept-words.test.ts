/** Where nothing is kept, no word of the phone says that something is. */
import { afterEach, describe, expect, it, test } from 'vitest';
import { loadStrings, sayNothingKept, setLanguage, t } from '../src/lib/i18n.svelte';
import english from '../src/lib/strings/en';
import phone from '../src/lib/strings/phone';
import talk from '../src/lib/strings/talk';
import type { Strings } from '../src/lib/strings/types';

const OTHER = '.online';
const dutch = Object.assign({}, ...Object.values(phone), ...Object.values(talk)) as Strings;
const inEnglish = Object.assign({}, ...Object.values(english)) as Strings;

/** Says that something is kept here, or will go by itself. */
const KEEPS =
  /opgeslagen(?! blijft)|op (deze|je) telefoon|zonder verbinding|zodra er verbinding|je kunt gewoon|zodra deze telefoon/i;

/** True all the same: not on this screen, about what is not here, or about what went wrong. */
const TRUE_ALL_THE_SAME = [
  /^(access|sign_in)\./,
  /^(outbox\.problem|conversations\.saving|outbox\.spoilt|outbox\.code|outbox\.empty)\b/,
  /\babsent\b/,
  /^help\.(account$|sign_out\.forms)/,
  /^aftercare\.left_out$/,
  /^visits\.(missing|round\.absent|languages\.none|unplaced)/,
  /^(conversations\.consent\.no_teams|handover\.call\.no_number|plans\.aloud\.no_voice)$/,
];

function says(key: string): string {
  return JSON.stringify(dutch[key]);
}

afterEach(async () => {
  sayNothingKept(false);
  await setLanguage('nl');
});

test('every word of keeping has another wording, or is true all the same', () => {
  const untrue = Object.keys(dutch).filter(
    (key) =>
      KEEPS.test(says(key)) &&
      !TRUE_ALL_THE_SAME.some((one) => one.test(key)) &&
      !(`${key}${OTHER}` in dutch),
  );
  expect(untrue).toEqual([]);
});

test('no other wording says that something is kept, and each belongs to a word', () => {
  const others = Object.keys(dutch).filter(
    (key) => key.endsWith(OTHER) && key !== 'access.lock.online',
  );
  expect(others.length).toBeGreaterThan(20);
  for (const key of others) {
    expect(dutch).toHaveProperty([key.slice(0, -OTHER.length)]);
    expect(says(key)).not.toMatch(KEEPS);
    expect(inEnglish).toHaveProperty([key]);
  }
});

describe('the wording', () => {
  it('is the other one only where nothing is kept, in both languages', async () => {
    await loadStrings('en');
    expect(t('outbox.title')).toBe('Op deze telefoon');
    sayNothingKept(true);
    expect(t('outbox.title')).toBe('Wat nog niet binnen is');
    expect(t('outbox.count', { count: 1 })).toBe('1 ding is nog niet binnen.');
    expect(t('outbox.try')).toBe('Nu proberen');
    await setLanguage('en');
    expect(t('outbox.title')).toBe('What is not in yet');
  });
});
