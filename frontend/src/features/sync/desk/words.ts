/** What was tried and why it could not be done, in words; a new code still reads. */
import { dayPartWord, formatDay } from '../../../lib/dates';
import { hasText, language, t } from '../../../lib/i18n.svelte';
import type { Option } from '../../../ui/field';
import { roleWord } from '../../access/desk/words';
import { namesOf } from './mending';
import type { FoundDoor } from './requests';

/** The kind of a box that the server could not open. */
export const SEALED = 'sealed';

/** A note that was written while the phone was shut. */
export const LOOSE = 'draft.loose';

/** Thrown away at the door that its phone names, and let in at this one by a coordinator. */
export const MOVED_HERE = 'moved-here';

/** It is let in at the door that it names itself. */
export const THIS_DOOR = '';

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

const VALUES = ['desk_quarantine.value', 'desk_visits.outcome', 'outbox.value', 'common.day_part'];

/** One of a fixed list as people say it; what somebody typed stays as it is. */
export function valueWord(value: string): string {
  const key = VALUES.map((prefix) => `${prefix}.${value}`).find(hasText);
  return key === undefined ? value : t(key);
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

/** What a field is called, by its place in a body: "bijzonderheden: datum". */
export function placeWord(pointer: string): string {
  return namesOf(pointer).map(fieldWord).join(': ');
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
  return [{ name, value: typeof body === 'string' ? valueWord(body) : JSON.stringify(body) }];
}

function listed(words: readonly string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(language(), { type }).format(words);
}

/** Whom to ask who may read it. */
export function openersWords(roles: readonly string[]): string {
  if (roles.length === 0) return t('desk_quarantine.nobody_opens');
  return t('desk_quarantine.opened_by', { roles: listed(roles.map(roleWord), 'disjunction') });
}

/** A door as a choice: where, when, by whom, and whether a talk is known there. */
export function doorOption(door: FoundDoor): Option {
  const second = door.second_household ? ` (${t('desk_quarantine.door_second')})` : '';
  const talk = t(door.talk ? 'desk_quarantine.door_talk' : 'desk_quarantine.door_no_talk');
  const when = `${formatDay(door.date)}, ${dayPartWord(door.day_part)}`;
  return {
    value: door.stop_id,
    // One door is in many rounds: its name says which.
    label: `${door.street} ${door.number}${second}, ${when}`,
    description: [listed(door.pair, 'conjunction'), talk].filter(Boolean).join(' · '),
  };
}
