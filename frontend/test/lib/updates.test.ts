/** A window starts anew when a newer worker takes over, also while it is still starting. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchTakeover } from '../../src/lib/updates.svelte';

let reload: ReturnType<typeof vi.fn>;

function withController(controller: object | null): EventTarget {
  const workers = Object.assign(new EventTarget(), { controller });
  vi.stubGlobal('navigator', { serviceWorker: workers });
  return workers;
}

beforeEach(() => {
  reload = vi.fn();
  vi.stubGlobal('location', { reload });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('starts anew under another worker, before its own was even asked for', () => {
  const workers = withController({});
  watchTakeover();
  workers.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledOnce();
});

it('stays when the first worker ever takes it over, and starts anew under the second', () => {
  const workers = withController(null);
  watchTakeover();
  workers.dispatchEvent(new Event('controllerchange'));
  expect(reload).not.toHaveBeenCalled();
  workers.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledOnce();
});
