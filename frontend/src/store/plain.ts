/** What an id, a day and an instant are on the wire. */

/** UUIDv4 in lower case. */
export type Id = string;
/** Calendar day in Europe/Amsterdam, "2026-02-03". */
export type DayText = string;
/** UTC instant to the second, "2026-02-03T14:30:00Z". */
export type Instant = string;
