/** The banner of the desk: asked while somebody looks, said once, and only to who can act on it. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import UrgentBanner from '../../src/features/access/desk/UrgentBanner.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { replacePorts, type Timer } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

const who = vi.hoisted(() => ({ me: { id: 'ruben' }, permissions: ['quarantine.open'] }));
vi.mock('../../src/features/access/desk/who.svelte', () => ({
  me: () => who.me,
  may: (permission: string) => who.permissions.includes(permission),
  whoAmI: () => Promise.resolve({ ok: true, value: who.me }),
}));

let urgent: number | null;
let asked: number;
let due: (() => void)[];
let restore: () => void;

beforeAll(() => loadStrings('nl'));

beforeEach(() => {
  who.me = { id: 'ruben' };
  who.permissions = ['quarantine.open'];
  urgent = 0;
  asked = 0;
  due = [];
  const ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), () => {
    asked += 1;
    if (urgent === null) return Promise.reject(new TypeError('line cut'));
    const headers = { 'Content-Type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify({ urgent }), { headers }));
  });
  const set = (run: () => void): Timer => {
    due.push(run);
    return due as unknown as Timer;
  };
  restore = replacePorts({ ...ports, timers: { set, clear: () => undefined } });
});

afterEach(() => {
  cleanup();
  restore();
  vi.restoreAllMocks();
});

async function shows(): Promise<string> {
  await new Promise((done) => setTimeout(done, 20));
  flushSync();
  return screen.getByRole('region').textContent?.trim() ?? '';
}

/** So many wait now, and the banner has asked since: it skips a turn while it still waits. */
async function hears(count: number, words: string): Promise<void> {
  urgent = count;
  const before = asked;
  await vi.waitFor(async () => {
    due.pop()?.();
    const shown = await shows();
    expect(asked).toBeGreaterThan(before);
    expect(shown).toContain(words);
  });
}

test('it is said as soon as it is there, and a line that is cut does not unsay it', async () => {
  render(UrgentBanner);
  flushSync();
  expect(await shows()).toBe('');
  urgent = 2;
  due.shift()?.();
  expect(await shows()).toContain('2 dringende berichten');
  expect(screen.getByRole('link').getAttribute('href')).toContain('/desk/quarantine');
  urgent = null;
  due.shift()?.();
  expect(await shows()).toContain('2 dringende berichten');
  urgent = 0;
  due.shift()?.();
  expect(await shows()).toBe('');
});

test('it is read out when the number rises, and not again on every page', async () => {
  who.me = { id: 'sofie' };
  const { unmount } = render(UrgentBanner);
  flushSync();
  const [target, second] = document.querySelectorAll('[aria-live=assertive]');
  if (target === undefined) throw new Error('no line stands');
  expect(second).toBeUndefined();
  const voice = (): string => target.textContent.trim();
  await hears(0, '');
  expect(voice()).toBe('');
  await hears(2, '2 dringende berichten');
  // What is read out is not read out by the banner as well.
  expect(screen.getByRole('region').closest('[aria-live]')).toBeNull();
  expect(voice()).toContain('2 dringende berichten');

  const changed = vi.fn();
  new MutationObserver(changed).observe(target, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  // Another page: its banner comes anew, and asks at once.
  unmount();
  render(UrgentBanner);
  await hears(2, '2 dringende berichten');
  expect(changed).not.toHaveBeenCalled();

  await hears(1, '1 dringend bericht');
  expect(voice()).toBe('');
  await hears(2, '2 dringende berichten');
  expect(voice()).toContain('2 dringende berichten');
});

test('nothing is asked while nobody looks', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  render(UrgentBanner);
  flushSync();
  await shows();
  expect(asked).toBe(0);
  expect(due).toHaveLength(1);
});

test('who cannot act on it is neither asked for nor alarmed', async () => {
  who.permissions = ['quarantine.read'];
  urgent = 3;
  render(UrgentBanner);
  flushSync();
  expect(await shows()).toBe('');
  expect(asked).toBe(0);
});
