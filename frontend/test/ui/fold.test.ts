/** What somebody unfolded stays open, whatever arrives meanwhile. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import FoldProbe from './FoldProbe.svelte';

afterEach(cleanup);

test('a fold that was opened stays open when its screen hears the same again', async () => {
  const { container } = render(FoldProbe);
  const fold = container.querySelector('details') as HTMLDetailsElement;
  fold.open = true;
  await fireEvent(fold, new Event('toggle'));
  await fireEvent.click(screen.getByText('Horen'));
  expect(screen.getByText('Inhoud')).toBeTruthy();
  expect(fold.open).toBe(true);
});
