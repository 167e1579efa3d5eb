/** The router in a document: moving, going back, redirects, unknown paths and failing screens. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  currentPath,
  currentScreen,
  goBack,
  navigate,
  reload,
  route,
  startRouter,
  type Route,
} from '../../src/lib/router.svelte';
import LoadingState from '../../src/ui/LoadingState.svelte';

let stop: () => void = () => undefined;
let broken = false;

const shows = (path: string): Route =>
  route({
    path,
    area: 'phone',
    load: () =>
      broken ? Promise.reject(new Error('offline')) : Promise.resolve({ default: LoadingState }),
  });
const table = [shows('/'), shows('/door/:stopId'), shows('/sign-in')];

beforeEach(() => {
  broken = false;
  history.replaceState(null, '', '/');
});
afterEach(() => {
  stop();
});

async function settled(kind: string): Promise<void> {
  await vi.waitFor(() => {
    expect(currentScreen().kind).toBe(kind);
  });
}

test('a move shows the screen of the path with its parameters', async () => {
  stop = startRouter(table);
  navigate('/door/a1');
  await settled('shown');
  expect(currentScreen()).toMatchObject({ params: { stopId: 'a1' }, area: 'phone' });
  expect(currentPath()).toBe('/door/a1');
});

test('back goes back in history where we came from there, else to the parent', () => {
  stop = startRouter(table);
  const back = vi.spyOn(history, 'back').mockImplementation(() => undefined);
  navigate('/door/a1');
  goBack('/');
  expect(back).toHaveBeenCalledOnce();
  goBack('/sign-in');
  expect(back).toHaveBeenCalledOnce();
  expect(location.pathname).toBe('/sign-in');
});

test('a path of nobody is absent', async () => {
  stop = startRouter(table);
  navigate('/nowhere');
  await settled('absent');
});

test('a guard sends elsewhere and leaves no step back', async () => {
  stop = startRouter(table, (path) => (path === '/sign-in' ? null : '/sign-in'));
  await settled('shown');
  expect(location.pathname).toBe('/sign-in');
});

test('a screen that cannot load says so, and loads on a second try', async () => {
  stop = startRouter(table);
  broken = true;
  navigate('/door/a1');
  await settled('failed');
  broken = false;
  reload();
  await settled('shown');
});

test("a link of ours does not reload the app; others are the browser's", async () => {
  stop = startRouter(table);
  document.body.innerHTML = '<a id="ours" href="/door/b2">b</a><a id="file" href="/v1/x.csv">c</a>';
  const click = (id: string): boolean =>
    document
      .getElementById(id)!
      .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  const stray = (event: Event): void => {
    event.preventDefault();
  };
  expect(click('ours')).toBe(false);
  expect(location.pathname).toBe('/door/b2');
  document.getElementById('ours')!.setAttribute('href', '/door/c3#contact');
  expect(click('ours')).toBe(false);
  expect(location.pathname + location.hash).toBe('/door/c3#contact');
  let reached = false;
  window.addEventListener(
    'click',
    (event) => {
      reached = !event.defaultPrevented;
      stray(event);
    },
    { once: true },
  );
  click('file');
  expect(reached).toBe(true);
  await settled('shown');
});
