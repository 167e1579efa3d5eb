/**
 * The words on screen, from outreach/strings/<slice>.<language>.json: the same files serve PDF and
 * mail. A file maps full keys ("visits.today.title") to a text with {placeholders}, or to a plural
 * `{ "one": …, "other": … }` chosen by the parameter `count`. Dutch is the language by default.
 */
import phone from './strings/phone';
import type { Strings } from './strings/types';

export type Language = 'nl' | 'en';
export type Params = Readonly<Record<string, string | number>>;

const REMEMBERED = 'voordeur.language';

function merge(files: Readonly<Record<string, Strings>>): Strings {
  return Object.assign({}, ...Object.values(files)) as Strings;
}

let tables: Record<Language, Strings> = $state.raw({ nl: merge(phone), en: {} });
let shown: Language = $state('nl');
let nothingKept = $state(false);
const complete: Record<Language, boolean> = { nl: false, en: false };

/** The language now shown. */
export function language(): Language {
  return shown;
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Look a text up in a table: pure, so that tests and the plural rule need no screen. */
export function translate(strings: Strings, key: string, params: Params = {}): string | undefined {
  const entry = strings[key];
  if (entry === undefined) return undefined;
  if (typeof entry === 'string') return fill(entry, params);
  return fill(params['count'] === 1 ? entry.one : entry.other, params);
}

/** Dutch where the language now shown does not have it. */
function find(key: string, params: Params): string | undefined {
  return translate(tables[shown], key, params) ?? translate(tables.nl, key, params);
}

/**
 * The text for `key` in the language now shown; the key itself where it is missing. A text that
 * says where things are kept has another wording, `<key>.online`, for where nothing is.
 */
export function t(key: string, params: Params = {}): string {
  const other = nothingKept ? find(`${key}.online`, params) : undefined;
  return other ?? find(key, params) ?? key;
}

/** From now on the wording is for a browser that keeps nothing, or for one that does again. */
export function sayNothingKept(now: boolean): void {
  nothingKept = now;
}

/** Does any text exist for this key? For codes that come from the server, such as error codes. */
export function hasText(key: string): boolean {
  return key in tables[shown] || key in tables.nl;
}

/** Bring in every string of a language: desk screens and English need it, today's round does not. */
export async function loadStrings(wanted: Language = shown): Promise<void> {
  if (complete[wanted]) return;
  const files = wanted === 'nl' ? await import('./strings/nl') : await import('./strings/en');
  tables = { ...tables, [wanted]: merge(files.default) };
  complete[wanted] = true;
}

function withWords(pack: () => Promise<{ default: Readonly<Record<string, Strings>> }>) {
  return async <Screen>(load: () => Promise<Screen>): Promise<Screen> => {
    const [screen, words] = await Promise.all([load(), pack()]);
    tables = { ...tables, nl: { ...tables.nl, ...merge(words.default) } };
    return screen;
  };
}

/** Bring in a screen together with the words that few days need: in Dutch they are not there at first. */
export const withRareWords = withWords(() => import('./strings/rare'));

/** Bring in a screen together with the words of a talk, which nobody needs before the first door opens. */
export const withTalkWords = withWords(() => import('./strings/talk'));

/** Show another language from now on, on this device. */
export async function setLanguage(wanted: Language): Promise<void> {
  if (wanted !== 'nl') await loadStrings(wanted);
  shown = wanted;
  document.documentElement.lang = wanted;
  try {
    localStorage.setItem(REMEMBERED, wanted);
  } catch {
    // Private windows refuse storage: the choice then lasts until the app closes.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** Take up the language chosen before; call once at start. */
export async function restoreLanguage(): Promise<void> {
  if (remembered() === 'en') await setLanguage('en');
}
