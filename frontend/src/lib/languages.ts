/** What a language is called at the desk: browsers do not know all that is spoken at our doors. */
import { hasText, t } from './i18n.svelte';

/** "Tigrinya" for "ti"; the code itself where nobody gave it a name. */
export function languageName(code: string): string {
  const key = `desk_languages.${code}`;
  return hasText(key) ? t(key) : code;
}
