/**
 * The language in which texts are read out in this talk. It may differ from the language of the
 * screen, and lasts until the app closes.
 */
import { language, type Language } from '../../../lib/i18n.svelte';
import type { Bilingual } from '../../../store/dossiers';

let chosen: Language | null = $state(null);

export function readingLanguage(): Language {
  return chosen ?? language();
}

export function readIn(wanted: Language): void {
  chosen = wanted;
}

/** A sentence, or a list of them, in the language of the talk. */
export function said<T extends Bilingual | { nl: string[]; en: string[] }>(text: T): T['nl'] {
  return text[readingLanguage()];
}
