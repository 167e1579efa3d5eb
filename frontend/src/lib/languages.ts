/** What a language is called, in the language now shown. */
import { language as shownLanguage } from './i18n.svelte';

/** "Tigrinya" for "ti"; the code itself where nobody gave it a name. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([shownLanguage()], { type: 'language' }).of(code) ?? code;
}
