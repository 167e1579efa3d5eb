/** Whom to call, by one name on every screen. */
import { render, screen } from '@testing-library/svelte';
import { beforeAll, expect, test, vi } from 'vitest';
import SafetyNumbers from '../../src/features/concerns/phone/SafetyNumbers.svelte';
import Help from '../../src/features/access/phone/Help.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';

const DUTY = '099-5550100';
vi.mock('../../src/features/access/phone/profile.svelte', () => ({
  liveProfile: () => ({
    me: 'anna',
    body: {
      account: { name: 'Anna' },
      municipality: { name: 'Gemeente Wilgendam', duty_phone: '099-5550100' },
      teams: [{ id: 't', name: 'Wijkteam De Wilgen', district: '', duty_phone: '099-5550110' }],
      supervisors: [],
    },
    ready: true,
  }),
}));

const called = (number: string): string | undefined =>
  screen
    .getAllByRole('link')
    .find(({ textContent }) => textContent.includes(number))
    ?.querySelector('.title')?.textContent;

beforeAll(() => loadStrings('nl'));

test('an emergency and the duty number are called the same under Hulp and with a worry', () => {
  const help = render(Help);
  const names = ['112', DUTY, '0800-2000'].map(called);
  expect(names).toEqual([
    'Alarmnummer · 112',
    `Piketnummer Gemeente Wilgendam · ${DUTY}`,
    'Veilig Thuis · 0800-2000',
  ]);
  expect(called('099-5550110')).toBe('Piketnummer Wijkteam De Wilgen · 099-5550110');
  help.unmount();
  render(SafetyNumbers);
  expect(['112', DUTY, '0800-2000'].map(called)).toEqual(names);
});
