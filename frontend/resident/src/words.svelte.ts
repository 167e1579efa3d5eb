/**
 * The page's words. All languages come along: they are small, and changing language works in a
 * stairwell without signal too. Nothing is remembered: the browser's languages choose the first.
 */
import ar from '@strings/resident.ar.json';
import en from '@strings/resident.en.json';
import nl from '@strings/resident.nl.json';
import pl from '@strings/resident.pl.json';
import tr from '@strings/resident.tr.json';

const tables = { nl, en, tr, ar, pl } as const;

export type Language = keyof typeof tables;
export type Key = keyof typeof nl;

export const LANGUAGES = Object.keys(tables) as readonly Language[];
const RIGHT_TO_LEFT: readonly Language[] = ['ar'];

let shown: Language = $state('nl');

/** The language now shown. */
export function language(): Language {
  return shown;
}

/** A language's name in that language. */
export function nameOf(one: Language): string {
  return tables[one]['resident.name'];
}

/** The text in the language now shown, with its {placeholders} filled. */
export function t(key: Key, params: Readonly<Record<string, string>> = {}): string {
  return tables[shown][key].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

/** Show another language: words, direction and title follow; what was typed stays. */
export function setLanguage(wanted: Language): void {
  shown = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(wanted) ? 'rtl' : 'ltr';
  document.title = t('resident.title');
}

/** The first of these tags that we speak; Dutch when there is none. */
export function firstSpoken(tags: readonly string[]): Language {
  const spoken = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  const fitting = spoken.flatMap((tag) => LANGUAGES.filter((one) => one === tag));
  return fitting[0] ?? 'nl';
}

/** Begin in a language of this browser. */
export function startLanguage(tags: readonly string[]): void {
  setLanguage(firstSpoken(tags));
}

/** Figures as they stand in the letter, in every language. */
const locale = (): string => `${shown}-u-nu-latn`;

/** A number amid words that run the other way: it stays whole. */
export function leftToRight(text: string): string {
  const [isolate, end] = [0x2066, 0x2069].map((code) => String.fromCodePoint(code));
  return `${isolate ?? ''}${text}${end ?? ''}`;
}

/** "dinsdag 3 februari", of a day such as "2026-02-03". */
export function dayWords(day: string): string {
  const format = new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** "14:30" */
export function timeWords(moment: Date): string {
  const format = new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(moment);
}
