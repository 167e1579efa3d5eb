/** What somebody typed, as the server wants it; and what does not fit. Pure. */
import type { Code, DayPart, Reason } from './asking';
import type { Key } from './words.svelte';

export type Wanted = 'another_time' | 'rather_not' | 'call' | 'welcome';
export const WANTED: readonly Wanted[] = ['another_time', 'rather_not', 'call', 'welcome'];
export const PARTS: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
export const REASONS: readonly Reason[] = [
  'no_time',
  'no_need',
  'has_help',
  'somebody_else',
  'not_saying',
];

export interface Typed {
  short: string;
  houseNumber: string;
  wanted: Wanted | null;
  parts: DayPart[];
  firstDay: string;
  lastDay: string;
  reason: Reason | '';
  phone: string;
  consent: boolean;
}

export const nothingTyped = (): Typed => ({
  short: '',
  houseNumber: '',
  wanted: null,
  parts: [],
  firstDay: '',
  lastDay: '',
  reason: '',
  phone: '',
  consent: false,
});

export type FieldName =
  | 'short'
  | 'house_number'
  | 'wanted'
  | 'day_parts'
  | 'first_day'
  | 'last_day'
  | 'phone'
  | 'consent';
/** Beside which field which text stands. */
export type Faults = Partial<Record<FieldName, Key>>;

/** The code of the form, or what is missing. "12A" is house number 12. */
export function codeOf({ short, houseNumber }: Typed): Code | Faults {
  const digits = /^\s*(\d{1,6})/.exec(houseNumber)?.[1];
  const faults: Faults = {};
  if (short.trim() === '') faults.short = 'resident.code.missing';
  if (digits === undefined) faults.house_number = 'resident.code.number.missing';
  return digits === undefined || faults.short !== undefined
    ? faults
    : { short: short.trim(), house_number: Number(digits) };
}

export function isCode(said: Code | Faults): said is Code {
  return 'code' in said || typeof said.house_number === 'number';
}

const SEPARATORS = /[\s\-.()/]/g;
const PHONE = /^(0\d{9}|(\+|00)[1-9]\d{7,14})$/;

function dayFaults({ firstDay, lastDay }: Typed, today: string, end: string): Faults {
  const faults: Faults = {};
  if (firstDay !== '' && firstDay > end) faults.first_day = 'resident.days.after';
  if (lastDay !== '' && lastDay < today) faults.last_day = 'resident.days.past';
  else if (firstDay !== '' && lastDay !== '' && lastDay < firstDay) {
    faults.last_day = 'resident.days.order';
  }
  return faults;
}

/** What does not fit in a choice, before it is sent; days are such as "2026-02-03". */
export function faultsOf(typed: Typed, today: string, end: string): Faults {
  switch (typed.wanted) {
    case null:
      return { wanted: 'resident.choose.missing' };
    case 'another_time':
      return {
        ...(typed.parts.length === 0 ? { day_parts: 'resident.parts.missing' as const } : {}),
        ...dayFaults(typed, today, end),
      };
    case 'call':
      return {
        ...(PHONE.test(typed.phone.replace(SEPARATORS, ''))
          ? {}
          : { phone: 'resident.call.phone.wrong' as const }),
        ...(typed.consent ? {} : { consent: 'resident.call.consent.missing' as const }),
      };
    case 'rather_not':
    case 'welcome':
      return {};
  }
}
