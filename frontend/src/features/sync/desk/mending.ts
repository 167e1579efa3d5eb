/** What a coordinator puts right, from fields on screen to what the server is asked. Pure. */
import type { MendableField, Repair } from './requests';

const PARTS = ['morning', 'afternoon', 'evening'];

const FIXED: readonly MendableField['kind'][] = ['id', 'part', 'unknown', 'evidence'];

/** Can another value be filled in? Not an id, a whole part, an unknown field, or what was agreed. */
export function isChangeable({ kind }: MendableField): boolean {
  return !FIXED.includes(kind);
}

/** The names on the way to a field, without places in a list. */
export function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .filter((part) => !/^\d*$/.test(part))
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer as the name of a member of `changes`, without the first slash. */
export function faultField(pointer: string): string {
  return `changes/${pointer.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The pointer that a fault is about; null when it is about something else. */
export function pointerOf(field: string): string | null {
  const [, escaped] = /^changes\/(.+)$/.exec(field) ?? [];
  return escaped?.replaceAll('~1', '/').replaceAll('~0', '~') ?? null;
}

/** A field that only came up by a change: its name says what it is. */
export function cameUp(pointer: string, code: string): MendableField {
  const name = namesOf(pointer).at(-1) ?? '';
  const about = { pointer, code, nullable: false, removable: false, value: null };
  if (name === 'day_part') return { ...about, kind: 'choice', options: PARTS };
  return { ...about, kind: /(^|_)(date|on)$/.test(name) ? 'date' : 'text', options: [] };
}

/** What stands in the control at first: a word that is not on the list is no choice. */
export function textOf({ kind, options, value }: MendableField): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (kind === 'choice') return options.includes(text) ? text : '';
  if (kind === 'yes_no') return typeof value === 'boolean' ? text : '';
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? text : '';
  return text;
}

function valueOf({ kind, nullable }: MendableField, text: string): unknown {
  if (text === '' && nullable) return null;
  if (kind === 'yes_no') return text === 'true';
  if (kind === 'number') return Number(text);
  return text;
}

/** Only what was changed is said; what is left out is not changed too. */
export function repairOf(
  fields: readonly MendableField[],
  texts: Readonly<Record<string, string>>,
  leftOut: Readonly<Record<string, boolean>>,
): Pick<Repair, 'changes' | 'removed'> {
  const removed = fields.filter(({ pointer }) => leftOut[pointer] === true);
  const changed = fields.filter((field) => {
    const text = texts[field.pointer];
    const chosen = field.kind !== 'choice' && field.kind !== 'yes_no' ? true : text !== '';
    return (
      isChangeable(field) &&
      !removed.includes(field) &&
      text !== undefined &&
      text !== textOf(field) &&
      (chosen || field.nullable)
    );
  });
  return {
    changes: Object.fromEntries(
      changed.map((field) => [field.pointer, valueOf(field, texts[field.pointer] ?? '')]),
    ),
    removed: removed.map(({ pointer }) => pointer),
  };
}
