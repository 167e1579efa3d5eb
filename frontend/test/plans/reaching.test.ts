/** Calling a household without showing one's own number, also where the phone refuses codes. */
import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import AftercareReach from '../../src/features/plans/phone/AftercareReach.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import type { HouseholdBody } from '../../src/store/dossiers';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15';
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 6a) AppleWebKit/537.36 Chrome/130';

const body = {
  contact: {
    called_name: 'mevrouw Jansen',
    channel: 'phone',
    value: '099-5550142',
    when: '',
    voicemail_ok: false,
  },
  address: null,
} as unknown as HouseholdBody;

function shownOn(userAgent: string): string | null {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
  render(AftercareReach, { body, kind: 'call' });
  return screen.getByRole('link').getAttribute('href');
}

beforeAll(() => loadStrings('nl'));
afterEach(() => {
  vi.restoreAllMocks();
});

test('an Android phone dials the code that hides who calls', () => {
  expect(shownOn(ANDROID)).toBe('tel:%2331%230995550142');
  expect(screen.getByText(/De knop belt met #31# ervoor/)).toBeTruthy();
});

test('an iPhone, which dials no code from a link, is told to hide its number first', () => {
  expect(shownOn(IPHONE)).toBe('tel:0995550142');
  expect(screen.getByRole('link').textContent).toContain('Mijn nummer is verborgen');
  expect(screen.getByText(/Instellingen › Apps › Telefoon › Toon mijn nummer/)).toBeTruthy();
  expect(screen.queryByText(/De knop belt met #31# ervoor/)).toBeNull();
});
