/** From the server's problem to what stands beside a field. Pure, so that it is tested as such. */
import type { Problem } from '../../../api/client';
import { hasText, t } from '../../../lib/i18n.svelte';

/** One thing wrong; `field` is the JSON pointer without its first slash ("pair/1"). */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** The server's own words carry its parameters; ours serve where it sent none. */
function wordsFor(code: string, detail: string): string {
  const key = `errors.input.${code}`;
  return detail === '' && hasText(key) ? t(key) : detail;
}

/** Every fault the server found, in its order. */
export function faultsOf(problem: Problem): Fault[] {
  return problem.errors.map(({ pointer, code, detail }) => ({
    field: pointer.replace(/^\//, ''),
    message: wordsFor(code, detail),
  }));
}

/** Is this fault about the field, or about a part of it ("streets/3" is about "streets")? */
export function isAbout(fault: Fault, field: string): boolean {
  return fault.field === field || fault.field.startsWith(`${field}/`);
}

/** What went wrong as a whole, when it is no field's fault. */
export function messageOf(problem: Problem): string {
  if (problem.kind !== 'problem') return t(`sign_in.problem.${problem.kind}`);
  if (problem.detail !== '') return problem.detail;
  const key = `errors.${problem.code}.detail`;
  return hasText(key) ? t(key) : t('errors.unexpected.detail');
}
