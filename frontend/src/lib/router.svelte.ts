/**
 * A small typed router on the History API. A path holds ids only, never a name or an address.
 * Moving back finds the scroll position again; a link to a path of ours never reloads the app.
 */
import type { Component } from 'svelte';
import { loadStrings } from './i18n.svelte';
import { compile, type Match, type PathParams } from './paths';
import { addressOf, pathOf } from './prefix';

/** `phone`: works without signal. `desk`: loads through the API. `open`: without signing in. */
export type Area = 'phone' | 'desk' | 'open';

export interface Route {
  readonly path: string;
  readonly area: Area;
  readonly match: Match;
  readonly load: () => Promise<Component<Record<string, string>>>;
}

interface Definition<Path extends string> {
  path: Path;
  area: Area;
  load: () => Promise<{ default: Component<PathParams<Path>> }>;
}

/** A line of the table: the screen's props must be exactly the path's parameters. */
export function route<Path extends string>(line: Definition<Path>): Route {
  return {
    path: line.path,
    area: line.area,
    match: compile(line.path),
    load: async () => (await line.load()).default as Component<Record<string, string>>,
  };
}

export type Screen =
  | { kind: 'loading' }
  | { kind: 'absent' }
  | { kind: 'failed' }
  | {
      kind: 'shown';
      area: Area;
      component: Component<Record<string, string>>;
      params: Record<string, string>;
      /** Changes with every move, so that the screen mounts anew. */
      visit: number;
    };

interface Place {
  index: number;
  scroll: number;
  from: string | null;
}

interface Arriving extends Place {
  readonly entered: true;
}

/** Returns another path to go to instead, or null to go on. */
export type Guard = (path: string, area: Area) => string | null;

let table: readonly Route[] = [];
let guard: Guard = () => null;
let visits = 0;
let screen: Screen = $state.raw({ kind: 'loading' });
let path = $state('/');

/** What App shows now. */
export function currentScreen(): Screen {
  return screen;
}

/** The path now shown, e.g. to mark a menu item. */
export function currentPath(): string {
  return path;
}

/** Has the person moved since the app opened? Then focus follows; at the first screen it does not. */
export function hasMoved(): boolean {
  return visits > 1;
}

/** The path of the address bar, as the table knows it. */
function here(): string {
  return pathOf(location.pathname) ?? location.pathname;
}

function place(): Place {
  const state = history.state as Partial<Place> | null;
  return { index: state?.index ?? 0, scroll: state?.scroll ?? 0, from: state?.from ?? null };
}

function rememberScroll(): void {
  history.replaceState({ ...place(), scroll: window.scrollY }, '');
}

function find(wanted: string): { line: Route; params: Record<string, string> } | null {
  for (const line of table) {
    const params = line.match(wanted);
    if (params) return { line, params };
  }
  return null;
}

async function show(scroll: number): Promise<void> {
  const wanted = here();
  const visit = (visits += 1);
  path = wanted;
  const found = find(wanted);
  if (!found) {
    screen = { kind: 'absent' };
    return;
  }
  const elsewhere = guard(wanted, found.line.area);
  if (elsewhere !== null && elsewhere !== wanted) {
    navigate(elsewhere, { replace: true });
    return;
  }
  const { line, params } = found;
  try {
    // The first bundle holds the words of signing in and of the phone's screens only.
    if (line.area === 'desk') await loadStrings();
    const component = await line.load();
    if (visit !== visits) return;
    screen = { kind: 'shown', area: line.area, component, params, visit };
  } catch {
    if (visit === visits) screen = { kind: 'failed' };
    return;
  }
  requestAnimationFrame(() => {
    window.scrollTo(0, scroll);
  });
}

/** Go to a path of ours. `replace` leaves no step back, for a redirect. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const from = place();
  if (options.replace === true) {
    history.replaceState({ ...from, scroll: 0 } satisfies Place, '', addressOf(to));
  } else {
    rememberScroll();
    const next: Place = { index: from.index + 1, scroll: 0, from: here() };
    history.pushState(next, '', addressOf(to));
  }
  void show(0);
}

/** Go to a path with a page of its own from the server: a desk's page has another content policy. */
export function enter(to: string): void {
  const arriving: Arriving = { index: place().index, scroll: 0, from: null, entered: true };
  history.replaceState(arriving, '', addressOf(to));
  location.reload();
}

/** Did the page before send the person here? They moved on, and focus follows them. */
function entered(): boolean {
  const said = (history.state as Partial<Arriving> | null)?.entered === true;
  if (said) history.replaceState(place(), '');
  return said;
}

/** One step back when that is where we came from, so that its scroll returns; else to `parent`. */
export function goBack(parent: string): void {
  if (place().from === parent) history.back();
  else navigate(parent);
}

/** Load the screen of this path once more, after a failure or when the guard's answer changed. */
export function reload(): void {
  void show(place().scroll);
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = (event.target as Element | null)?.closest('a');
  if (!anchor || anchor.target !== '' || anchor.hasAttribute('download')) return;
  const url = new URL(anchor.href, location.href);
  const to = url.origin === location.origin ? pathOf(url.pathname) : null;
  if (to === null || !find(to)) return;
  // To a place on this very screen the browser goes by itself.
  if (url.hash !== '' && url.pathname === location.pathname) return;
  event.preventDefault();
  navigate(to + url.hash);
}

/** Start listening; returns the function that stops. */
export function startRouter(routes: readonly Route[], allow: Guard = () => null): () => void {
  table = routes;
  guard = allow;
  visits = entered() ? 1 : 0;
  history.scrollRestoration = 'manual';
  let waiting = 0;
  const popped = (): void => {
    // The entry has changed: a scroll still to be noted belongs to the one we left.
    cancelAnimationFrame(waiting);
    void show(place().scroll);
  };
  const scrolled = (): void => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(rememberScroll);
  };
  window.addEventListener('popstate', popped);
  window.addEventListener('scrollend', scrolled);
  document.addEventListener('click', followLink);
  void show(place().scroll);
  return () => {
    window.removeEventListener('popstate', popped);
    window.removeEventListener('scrollend', scrolled);
    document.removeEventListener('click', followLink);
  };
}
