/** How a language is called in the list of those a letter may be in. */
import type { LetterLanguage } from './requests';

export function languageName(languages: readonly LetterLanguage[], code: string): string {
  return languages.find((language) => language.code === code)?.name ?? code;
}
