/** How a round, a pair and what came of a door read. */
import { dayPartWord, formatDay, type DayPart } from '../../../lib/dates';
import { hasText, t } from '../../../lib/i18n.svelte';
import { languageName } from '../../../lib/languages';
import type { Round, Stop, Wish } from './requests';

function word(prefix: string, code: string): string {
  const key = `${prefix}.${code}`;
  return hasText(key) ? t(key) : code.replaceAll('_', ' ');
}

/** "di 3 feb · middag". */
export function moment(date: string, part: DayPart | ''): string {
  return part === '' ? formatDay(date) : `${formatDay(date)} · ${dayPartWord(part)}`;
}

/** "Samira en Joost". */
export function pairWords(pair: Round['pair']): string {
  return pair.map(({ first_name }) => first_name).join(` ${t('desk_visits.and')} `);
}

export function outcomeWord(outcome: string): string {
  return word('desk_visits.outcome', outcome);
}

export function noticeWord(notice: string): string {
  return word('desk_visits.notice', notice);
}

export function holdWord(kind: string): string {
  return word('desk_visits.hold', kind);
}

/** The outcome word with what planning needs of it; '–' when nobody rang yet. */
export function doorWords(stop: Stop): string {
  if (stop.left) return t('desk_visits.left');
  if (stop.hold !== null && (stop.outcome ?? '') === '') return holdWord(stop.hold);
  if ((stop.outcome ?? '') === '') return '–';
  const extra = detailWords(stop.details ?? {});
  return [outcomeWord(stop.outcome ?? ''), extra].filter(Boolean).join(', ');
}

function detailWords(details: Readonly<Record<string, unknown>>): string {
  const { date, day_part: part, language, scope } = details;
  if (typeof date === 'string') return moment(date, isPart(part) ? part : '');
  if (typeof language === 'string') return languageWord(language);
  return typeof scope === 'string' ? word('desk_visits.scope', scope) : '';
}

function isPart(value: unknown): value is DayPart {
  return value === 'morning' || value === 'afternoon' || value === 'evening';
}

/** What a door asks of planning. */
export function wishWords(wish: Wish): string {
  const later = wish.later === null ? '' : moment(wish.later.date, wish.later.day_part);
  const words = [
    wish.language === null
      ? ''
      : t('desk_visits.wish.language', { language: languageWord(wish.language) }),
    later === '' ? '' : t('desk_visits.wish.later', { moment: later }),
  ];
  return words.filter(Boolean).join(' · ');
}

/** "Tigrinya"; a language that is not on the card is "een andere taal". */
export function languageWord(code: string): string {
  return code === 'other' ? t('desk_visits.language.other') : languageName(code);
}
