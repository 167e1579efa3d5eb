/** What a coordinator puts right in what waits: only what was changed is said, typing is never lost. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  cameUp,
  faultField,
  namesOf,
  pointerOf,
  repairOf,
  textOf,
} from '../../src/features/sync/desk/mending';
import QuarantineContent from '../../src/features/sync/desk/QuarantineContent.svelte';
import SettleForm from '../../src/features/sync/desk/SettleForm.svelte';
import type { MendableField, Opened, Quarantined } from '../../src/features/sync/desk/requests';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

const OUTCOME: MendableField = {
  pointer: '/outcome',
  code: 'not-a-choice',
  kind: 'choice',
  options: ['', 'not_home', 'later'],
  nullable: false,
  removable: false,
  value: 'nobody',
};
const MOOD: MendableField = {
  ...OUTCOME,
  pointer: '/mood',
  code: 'unknown-field',
  kind: 'unknown',
  options: [],
  removable: true,
  value: 'ok',
};
const DATE: MendableField = {
  ...OUTCOME,
  pointer: '/date',
  code: '',
  kind: 'date',
  options: [],
  value: '2026-02-03',
};
const WHO: MendableField = {
  ...DATE,
  pointer: '/who_name',
  code: 'too-long',
  kind: 'text',
  value: 'mevrouw De Vries van hiernaast',
};
const OPENED: Opened = {
  body: { outcome: 'nobody', mood: 'ok', date: '2026-02-03' },
  fields: [OUTCOME, MOOD, DATE, WHO],
  other_door: true,
  followers: 2,
};

let sent: unknown[];
let answers: Response[];
let restore: () => void;

function answer(value: unknown, status = 200): Response {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': type } });
}

beforeAll(() => loadStrings('nl'));

beforeEach(() => {
  sent = [];
  answers = [];
  const ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), (_url, init) => {
    sent.push(JSON.parse(init?.body as string));
    return Promise.resolve(answers.shift() ?? answer({}));
  });
  restore = replacePorts(ports);
});

afterEach(() => {
  cleanup();
  restore();
});

test('a pointer is named by its last word, and found again in what was refused', () => {
  expect(namesOf('/details/date')).toEqual(['details', 'date']);
  expect(namesOf('/domains/2')).toEqual(['domains']);
  expect(namesOf('/a~1b')).toEqual(['a/b']);
  expect(faultField('/details/date')).toBe('changes/~1details~1date');
  expect(pointerOf('changes/~1details~1date')).toBe('/details/date');
  expect(pointerOf('reason')).toBeNull();
});

test('what cannot stand in a control begins empty', () => {
  expect([OUTCOME, DATE].map(textOf)).toEqual(['', '2026-02-03']);
  expect(textOf({ ...DATE, value: '3 feb' })).toBe('');
  expect(textOf({ ...DATE, kind: 'yes_no', value: 'yes' })).toBe('');
  expect(textOf({ ...DATE, kind: 'number', value: 3 })).toBe('3');
});

test('only what was changed is said', () => {
  const texts = { '/outcome': '', '/date': '2026-02-03' };
  expect(repairOf(OPENED.fields, texts, {})).toEqual({ changes: {}, removed: [] });
  const changed = { '/outcome': 'later', '/date': '2026-02-01', '/who_name': WHO.value as string };
  expect(repairOf(OPENED.fields, changed, { '/mood': true })).toEqual({
    changes: { '/outcome': 'later', '/date': '2026-02-01' },
    removed: ['/mood'],
  });
});

test.each([
  [{ ...DATE, kind: 'number', value: 'x' }, '4', 4],
  [{ ...DATE, kind: 'yes_no', value: 'x' }, 'false', false],
  [{ ...DATE, nullable: true }, '', null],
  [{ ...DATE, kind: 'text', value: 'x' }, '', ''],
] as const)('a value is sent as what it is', (field, text, value) => {
  expect(repairOf([field], { '/date': text }, {}).changes).toEqual({ '/date': value });
});

test('what only came up by a change is asked by its name', () => {
  expect(cameUp('/details/date', 'missing').kind).toBe('date');
  expect(cameUp('/asked_on', 'missing').kind).toBe('date');
  expect(cameUp('/details/day_part', 'missing').options).toContain('evening');
  expect(cameUp('/words', 'missing').kind).toBe('text');
});

async function fills(): Promise<void> {
  await fireEvent.click(screen.getByLabelText(/Toch verwerken/));
  await fireEvent.input(screen.getByLabelText('naam'), { target: { value: 'De Vries' } });
  await fireEvent.click(screen.getByLabelText(/Weglaten/));
  await fireEvent.click(screen.getByLabelText(/2 berichten die hierna kwamen/));
  await fireEvent.input(screen.getByLabelText('Waarom kies je dit?'), {
    target: { value: 'gebeld met Anna' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Afhandelen' }));
}

test('what the server still refuses is named at its field, and what was typed stays', async () => {
  const onsettled = vi.fn();
  render(SettleForm, { id: 'k', opened: OPENED, door: 'stop', onsettled });
  answers = [
    answer(
      {
        code: 'invalid-input',
        title: 'Nog niet alles past',
        detail: '',
        errors: [
          { pointer: '/changes/~1details~1date', code: 'missing', detail: 'Vul dit in.' },
          { pointer: '/changes/~1date', code: 'does-not-fit', detail: 'Dit past hier niet.' },
        ],
      },
      400,
    ),
    answer({ followers: 2, stopped_at: null, stopped_why: '' }),
  ];
  await fills();
  await vi.waitFor(() => expect(screen.getAllByText(/Vul dit in/).length).toBeGreaterThan(0));
  expect(sent[0]).toEqual({
    decision: 'apply',
    reason: 'gebeld met Anna',
    stop_id: 'stop',
    changes: { '/who_name': 'De Vries' },
    removed: ['/mood'],
    followers: true,
  });
  expect(screen.getByLabelText<HTMLInputElement>('naam').value).toBe('De Vries');
  const [, second] = screen.getAllByLabelText<HTMLInputElement>(/datum/);
  await fireEvent.input(second!, { target: { value: '2026-02-05' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Afhandelen' }));
  await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
  expect(sent[1]).toMatchObject({
    changes: { '/who_name': 'De Vries', '/details/date': '2026-02-05' },
    removed: ['/mood'],
  });
});

test('discarding says nothing of a repair', async () => {
  const onsettled = vi.fn();
  render(SettleForm, { id: 'k', opened: OPENED, onsettled });
  await fireEvent.click(screen.getByLabelText(/Weggooien/));
  await fireEvent.input(screen.getByLabelText('Waarom kies je dit?'), {
    target: { value: 'dubbel' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Afhandelen' }));
  await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
  expect(sent).toEqual([{ decision: 'discard', reason: 'dubbel' }]);
});

test('who may not read it is told which roles may, and asked no reason', () => {
  const one: Quarantined = {
    id: 'k',
    author: 'Anna',
    address: null,
    kind: 'concern.raise',
    reason: 'no-right',
    received_at: '2026-02-03T13:00:00Z',
    state: 'waiting',
    urgent: true,
    may_open: false,
    opened_by: ['coordinator', 'safeguarding_officer'],
  };
  render(QuarantineContent, { one, opened: null });
  expect(screen.getByText(/niet lezen/)).toBeTruthy();
  expect(screen.getByText(/Coördinator of Aandachts.?functionaris/)).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
});
