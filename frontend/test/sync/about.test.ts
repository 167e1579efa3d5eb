/** A difference says what it is about: "ja" or "nee" alone would say nothing. */
import { beforeAll, expect, it } from 'vitest';
import { aboutWords, differenceWords } from '../../src/features/sync/phone/values';
import { loadStrings } from '../../src/lib/i18n.svelte';
import type { Consent, Difference } from '../../src/store/dossiers';

const CONSENTS = [{ id: 'c', purpose: 'health' }] as unknown as readonly Consent[];

const NAMES = {
  person: (id: string) => (id === 'anna' ? 'Anna' : ''),
  domain: (key: string) => (key === 'money' ? 'Geld' : ''),
};

function about(object_kind: string, field: string, object_id = 'x'): string {
  const difference: Difference = { id: 'd', object_kind, object_id, field, shown: 1, other: 2 };
  return aboutWords(difference, CONSENTS, NAMES);
}

beforeAll(() => loadStrings('nl'));

it.each([
  ['consent', 'given', 'c', 'mag je noteren over gezondheid?'],
  ['consent', 'given', 'elsewhere', 'toestemming'],
  ['household', 'voicemail_ok', 'x', 'mag je inspreken?'],
  ['household', 'contact_value', 'x', 'hoe je ze bereikt'],
  ['debt_help_request', 'crisis', 'x', 'schuldhulp: is het een crisis?'],
  ['note', 'text', 'x', 'notitie'],
  ['assessment', 'money', 'x', 'hoe het gaat, Geld'],
  ['aftercare', 'result', 'x', 'hoe ging de nazorg?'],
  ['plan', 'print', 'x', 'plan op papier?'],
  ['contact_attempt', 'outcome', 'x', ''],
])('%s %s of %s: %s', (kind, field, id, words) => {
  expect(about(kind, field, id)).toBe(words);
});

it.each([
  [
    'result',
    { outcome: 'spoken', more_help: true, close: true },
    'Gesproken, meer hulp nodig, afgerond',
  ],
  ['result', { outcome: '', more_help: false, close: false }, 'nog niets'],
  [
    'agreed',
    { due_on: '2026-03-17', day_part: 'morning', kind: 'call' },
    'di 17 mrt, ochtend, bellen',
  ],
  ['print', { wanted: true, bring_on: null, bring_by: 'anna' }, 'op papier, Anna brengt het'],
  ['print', { wanted: true, bring_on: null, bring_by: 'gone' }, 'op papier'],
  ['print', { wanted: false, bring_on: null, bring_by: null }, 'niet op papier'],
  ['domain', 'money', 'Geld'],
  ['domain', '', 'niets'],
  ['position', 1, 'plaats 2'],
  ['text', 'De post', 'De post'],
])('%s %j: %s', (field, value, words) => {
  const difference = { id: 'd', object_kind: 'x', object_id: 'x', field, shown: value, other: 2 };
  expect(differenceWords(difference, value, NAMES)).toBe(words);
});
