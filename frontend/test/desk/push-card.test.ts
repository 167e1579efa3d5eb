/** Notifications in a browser that more than one person uses. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeAll, expect, test, vi } from 'vitest';
import PushCard from '../../src/features/access/desk/PushCard.svelte';
import { pushState, turnOff, turnOn } from '../../src/features/access/desk/pushing';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { ok } from '../../src/lib/result';

vi.mock('../../src/features/access/desk/pushing', () => ({
  NoPushService: class extends Error {},
  pushState: vi.fn(),
  turnOn: vi.fn(),
  turnOff: vi.fn(),
}));
const shown = (browsers: number): void => {
  vi.mocked(pushState).mockResolvedValue('on');
  render(PushCard, { pushKey: 'BAEC', browsers, onchanged: () => Promise.resolve() });
};

beforeAll(() => loadStrings('nl'));

test('what somebody else turned on here is off for who looks now, and can be turned on', async () => {
  vi.mocked(turnOn).mockResolvedValue(ok('on'));
  shown(0);
  await fireEvent.click(await screen.findByRole('button', { name: 'Zet meldingen aan' }));
  expect(turnOn).toHaveBeenCalledWith('BAEC');
});

test('the button stays under the hand of who turns it off', async () => {
  vi.mocked(turnOff).mockResolvedValue(ok('off'));
  shown(1);
  const button = await screen.findByRole('button', { name: 'Zet meldingen uit' });
  button.focus();
  await fireEvent.click(button);
  await screen.findByRole('button', { name: 'Zet meldingen aan' });
  expect(document.activeElement).toBe(button);
});
