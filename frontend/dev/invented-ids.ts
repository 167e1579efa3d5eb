/** Ids of invented things, and the day it is. */
export const ME = '00000000-0000-4000-8000-000000000001';
export const DATE = '2026-02-03';

/** A readable UUID. */
export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
