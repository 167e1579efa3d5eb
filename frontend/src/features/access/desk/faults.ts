/** From the server's problem to what stands beside a field. Pure, so that it is tested as such. */
import type { Problem } from '../../../api/client';
import { hasText, t } from '../../../lib/i18n.svelte';

/** One thing wrong; `field` is the first part of the JSON pointer ("/streets/0" is "streets"). */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

function fieldOf(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

/** Our own text first: it follows the language of the screen, the server's that of the request. */
function wordsFor(code: string, detail: string): string {
  const key = `errors.input.${code}`;
  // A text with a placeholder needs the server's parameters: then the server's own words are right.
  if (detail !== '' || !hasText(key)) return detail;
  return t(key);
}

/** Faults per field, in the server's order, the first of each field only. */
export function faultsOf(problem: Problem): Fault[] {
  const seen = new Set<string>();
  return problem.errors.flatMap(({ pointer, code, detail }) => {
    const field = fieldOf(pointer);
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ field, message: wordsFor(code, detail) }];
  });
}

/** What went wrong as a whole, when it is no field's fault. */
export function messageOf(problem: Problem): string {
  if (problem.kind !== 'problem') return t(`desk_access.${problem.kind}`);
  if (problem.detail !== '') return problem.detail;
  const key = `errors.${problem.code}.detail`;
  return hasText(key) ? t(key) : t('errors.unexpected.detail');
}
