/** A form's way to the server: once at a time, every fault beside its field, nothing told twice. */
import { describe, expect, test } from 'vitest';
import { messageOf } from '../../src/features/access/desk/faults';
import { Submission } from '../../src/features/access/desk/submission.svelte';
import { offline, type Problem } from '../../src/api/problem';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { err, ok } from '../../src/lib/result';

const wrong: Problem = {
  kind: 'problem',
  status: 400,
  code: 'invalid-input',
  title: '',
  detail: 'Nog niet alles klopt',
  errors: [
    { pointer: '/name', code: 'missing', detail: 'Vul dit in.' },
    { pointer: '/pair', code: 'two-people', detail: 'Kies twee vrijwilligers.' },
    { pointer: '/streets/0', code: 'unknown-street', detail: 'Deze straat is er niet.' },
    { pointer: '/streets/1', code: 'unknown-street', detail: 'Deze straat is er niet.' },
  ],
};

const labels = (): Record<string, string> => ({
  name: 'Naam',
  'pair/0': 'Eerste vrijwilliger',
  'pair/1': 'Tweede vrijwilliger',
  streets: 'Straten',
});

describe('a submission', () => {
  test('puts every fault beside its field and links each once in the summary', async () => {
    const form = new Submission('f', labels);
    expect(await form.run(() => Promise.resolve(err(wrong)))).toBeNull();
    expect(form.error('name')).toBe('Vul dit in.');
    expect(form.error('streets')).toBe('Deze straat is er niet.');
    expect(form.error('pair/1')).toBeUndefined();
    expect(form.own('pair')).toBe('Kies twee vrijwilligers.');
    expect(form.summary).toEqual([
      { field: 'f-name', message: 'Naam: Vul dit in.' },
      { field: 'f-pair-0', message: 'Eerste vrijwilliger: Kies twee vrijwilligers.' },
      { field: 'f-streets', message: 'Straten: Deze straat is er niet.' },
    ]);
  });

  test('says what misses on the spot, and forgets it when it goes well', async () => {
    const form = new Submission('f', labels);
    expect(form.complete({ name: ' ', streets: [], size: 0 })).toBe(false);
    expect(form.summary.map(({ field }) => field)).toEqual(['f-name', 'f-streets']);
    expect(await form.run(() => Promise.resolve(ok(7)))).toEqual({ value: 7 });
    expect(form.summary).toEqual([]);
  });

  test('goes once at a time', async () => {
    const form = new Submission('f');
    let asked = 0;
    let answer: () => void = () => undefined;
    const act = (): Promise<ReturnType<typeof ok<null>>> => {
      asked += 1;
      return new Promise((resolve) => {
        answer = () => {
          resolve(ok(null));
        };
      });
    };
    const first = form.run(act);
    expect(await form.run(act)).toBeNull();
    answer();
    expect(await first).toEqual({ value: null });
    expect(asked).toBe(1);
    expect(form.busy).toBe(false);
  });

  test('says in words that there is no connection', async () => {
    await loadStrings();
    const form = new Submission('f');
    await form.run(() => Promise.resolve(err(offline)));
    expect(form.summary).toEqual([{ message: messageOf(offline) }]);
    expect(messageOf(offline)).toContain('geen verbinding');
    expect(form.title).toBe('Dat lukte niet');
  });
});
