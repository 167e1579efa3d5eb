/** What was tried and why it could not be done, in words; a new code still reads. */
import { hasText, t } from '../../../lib/i18n.svelte';

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

/** A line of content: the path of a field and its value as text. */
export interface ContentLine {
  readonly name: string;
  readonly value: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Any body as lines of name and value; ids, which say nothing to a person, are left out. */
export function contentLines(body: unknown, path = ''): ContentLine[] {
  if (isRecord(body)) {
    return Object.entries(body).flatMap(([key, value]) =>
      key === 'id' || key.endsWith('_id')
        ? []
        : contentLines(value, path === '' ? key : `${path} · ${key}`),
    );
  }
  if (body === null || body === '' || body === undefined) return [];
  const name = path === '' ? t('desk_quarantine.content') : path.replaceAll('_', ' ');
  return [{ name, value: typeof body === 'string' ? body : JSON.stringify(body) }];
}
