/** What is sealed of a loose note says when it was in words, and when it was written by the clock. */
import { expect, it } from 'vitest';
import { ports } from '../../src/lib/ports';
import { TypedNote } from '../../src/features/access/phone/loose-note.svelte';

it.each(['20261-02-03T14:30', '0026-02-03T14:30', '2020-01-01T00:00', ''])(
  'was made now, whatever moment was typed: %s',
  (typed) => {
    const note = new TypedNote();
    note.when = typed;
    const { made_at, when } = note.said();
    expect(made_at).toBe(`${ports.clock.now().toISOString().slice(0, 19)}Z`);
    if (typed !== '') expect(when).toBe(typed.replace('T', ' '));
    else expect(when).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  },
);
