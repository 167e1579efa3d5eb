/** A difference says what it is about: "ja" or "nee" alone would say nothing. */
import { beforeAll, expect, it } from 'vitest';
import { aboutWords } from '../../src/features/sync/phone/values';
import { loadStrings } from '../../src/lib/i18n.svelte';
import type { Consent, Difference } from '../../src/store/dossiers';

const CONSENTS = [{ id: 'c', purpose: 'health' }] as unknown as readonly Consent[];

function about(object_kind: string, field: string, object_id = 'x'): string {
  const difference: Difference = { id: 'd', object_kind, object_id, field, shown: 1, other: 2 };
  return aboutWords(difference, CONSENTS);
}

beforeAll(() => loadStrings('nl'));

it.each([
  ['consent', 'given', 'c', 'mag je noteren over gezondheid?'],
  ['consent', 'given', 'elsewhere', 'toestemming'],
  ['household', 'voicemail_ok', 'x', 'mag je inspreken?'],
  ['household', 'contact_value', 'x', 'hoe je ze bereikt'],
  ['debt_help_request', 'crisis', 'x', 'schuldhulp: is het een crisis?'],
  ['note', 'text', 'x', 'notitie'],
  ['contact_attempt', 'outcome', 'x', ''],
])('%s %s of %s: %s', (kind, field, id, words) => {
  expect(about(kind, field, id)).toBe(words);
});
