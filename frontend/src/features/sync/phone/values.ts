/** A value of the wire in words, whatever field it comes from. */
import { dayPartWord, formatDay, formatInstant } from '../../../lib/dates';
import { hasText, t } from '../../../lib/i18n.svelte';
import type { Consent, Difference, Id, Outcome } from '../../../store/dossiers';
import type { AftercareResult, Agreement, PrintWish } from '../../../store/mutations';
import { outcomeWords } from '../../visits/phone/recording.svelte';

function textWords(value: string): string {
  if (value === '') return t('outbox.value.empty');
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatInstant(value);
  const key = `outbox.value.${value}`;
  return hasText(key) ? t(key) : value;
}

const FIELDS_OF_THEIR_OWN: readonly string[] = [
  ...['crisis', 'pass_on', 'voicemail_ok'],
  ...['position', 'domain', 'agreed', 'result', 'print'],
];

/** What stands on this phone by id or key: of people, and of life domains. */
export interface Names {
  readonly person: (id: Id) => string;
  readonly domain: (key: string) => string;
}

/** What a difference in a household is about; "" at a door, where its place says enough. */
export function aboutWords(
  { object_kind: kind, object_id: id, field }: Difference,
  consents: readonly Pick<Consent, 'id' | 'purpose'>[],
  { domain }: Pick<Names, 'domain'>,
): string {
  const purpose = consents.find((consent) => consent.id === id)?.purpose;
  const names = [
    ...(purpose === undefined ? [] : [`consent.${purpose}`]),
    ...(FIELDS_OF_THEIR_OWN.includes(field) ? [field] : []),
    kind,
  ];
  const key = names.map((name) => `outbox.differs.about.${name}`).find(hasText);
  if (key === undefined) return '';
  // Of an answer the field is its domain.
  return kind === 'assessment' ? [t(key), domain(field)].filter(Boolean).join(', ') : t(key);
}

function agreedWords({ due_on, day_part, kind }: Agreement): string {
  const part = day_part === '' ? [] : [dayPartWord(day_part)];
  return [formatDay(due_on), ...part, t(`aftercare.kind.${kind}`)].join(', ');
}

function resultWords({ outcome, more_help, close }: AftercareResult): string {
  if (outcome === '') return t('outbox.differs.nothing_yet');
  const more = more_help ? [t('outbox.differs.more_help')] : [];
  const end = t(close ? 'outbox.differs.closed' : 'outbox.differs.not_closed');
  return [t(`aftercare.outcome.${outcome}`), ...more, end].join(', ');
}

function printWords({ wanted, bring_on, bring_by }: PrintWish, { person }: Names): string {
  if (!wanted) return t('outbox.differs.not_on_paper');
  const name = bring_by === null ? '' : person(bring_by);
  const by = name === '' ? [] : [t('outbox.differs.by', { name })];
  const on = bring_on === null ? [] : [formatDay(bring_on)];
  return [t('outbox.differs.on_paper'), ...by, ...on].join(', ');
}

/** One of the two values of a difference in words; what is of one act is said in one breath. */
export function differenceWords({ field }: Difference, value: unknown, names: Names): string {
  if (field === 'agreed') return agreedWords(value as Agreement);
  if (field === 'result') return resultWords(value as AftercareResult);
  if (field === 'print') return printWords(value as PrintWish, names);
  if (field === 'domain') return names.domain(String(value)) || t('outbox.value.empty');
  if (field === 'domains') return (value as string[]).map(names.domain).join(', ');
  if (field === 'position') return t('outbox.differs.place', { place: Number(value) + 1 });
  if (field === 'outcome' && value !== '') return outcomeWords(value as Outcome);
  return valueWords(value);
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
