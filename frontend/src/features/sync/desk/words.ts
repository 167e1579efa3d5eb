/** What was tried and why it could not be done, in words; a new code still reads. */
import { hasText, t } from '../../../lib/i18n.svelte';

/** The kind of a box that the server could not open. */
export const SEALED = 'sealed';

/** A note that was written while the phone was shut. */
export const LOOSE = 'draft.loose';

/** Half a form, or a loose note: to be read, never to be processed. */
export function isForm(kind: string): boolean {
  return kind.startsWith('draft.');
}

function word(prefix: string, code: string): string {
  // Kinds hold dots ("visit.record"), reasons dashes; keys hold underscores only.
  const key = `desk_quarantine.${prefix}.${code.replaceAll(/[.-]/g, '_')}`;
  return hasText(key) ? t(key) : code.replaceAll(/[._-]/g, ' ');
}

export function kindWord(kind: string): string {
  return word('kind', kind);
}

export function reasonWord(reason: string): string {
  return word('reason', reason);
}

/** A line of content: what a field is called and its value as text. */
export interface ContentLine {
  readonly name: string;
  readonly value: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What a person cannot use: ids, the place in a list, and what the phone showed before. */
function isNoise(key: string): boolean {
  return key === 'id' || /_ids?$/.test(key) || key === 'position' || key === 'from';
}

function fieldWord(key: string): string {
  const known = `desk_quarantine.field.${key}`;
  return hasText(known) ? t(known) : key.replaceAll('_', ' ');
}

/** Any body as lines of name and value. */
export function contentLines(body: unknown, name = t('desk_quarantine.content')): ContentLine[] {
  if (isRecord(body)) {
    return Object.entries(body).flatMap(([key, value]) =>
      isNoise(key) ? [] : contentLines(value, Array.isArray(body) ? name : fieldWord(key)),
    );
  }
  if (body === null || body === '' || body === undefined) return [];
  if (typeof body === 'boolean') return [{ name, value: t(body ? 'common.yes' : 'common.no') }];
  return [{ name, value: typeof body === 'string' ? body : JSON.stringify(body) }];
}
