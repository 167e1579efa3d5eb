/** A value of the wire in words, whatever field it comes from. */
import { formatDay, formatInstant } from '../../../lib/dates';
import { hasText, t } from '../../../lib/i18n.svelte';
import type { Consent, Difference } from '../../../store/dossiers';

function textWords(value: string): string {
  if (value === '') return t('outbox.value.empty');
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatInstant(value);
  const key = `outbox.value.${value}`;
  return hasText(key) ? t(key) : value;
}

const FIELDS_OF_THEIR_OWN: readonly string[] = ['crisis', 'pass_on', 'voicemail_ok'];

/** What a difference in a household is about; "" at a door, where its place says enough. */
export function aboutWords(
  { object_kind: kind, object_id: id, field }: Difference,
  consents: readonly Pick<Consent, 'id' | 'purpose'>[],
): string {
  const purpose = consents.find((consent) => consent.id === id)?.purpose;
  const names = [
    ...(purpose === undefined ? [] : [`consent.${purpose}`]),
    ...(FIELDS_OF_THEIR_OWN.includes(field) ? [field] : []),
    kind,
  ];
  const key = names.map((name) => `outbox.differs.about.${name}`).find(hasText);
  return key === undefined ? '' : t(key);
}

/** Words for text, days, yes and no, and records of these; nothing is "–". */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return t('outbox.value.empty');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textWords(value);
  if (typeof value !== 'object') return '';
  const parts = Object.values(value).map(valueWords);
  return parts.length === 0 ? t('outbox.value.empty') : parts.join(', ');
}
