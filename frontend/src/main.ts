/** Starts the app: the words, who works here, the engine, then the first screen. */
import './ui/theme.css';
import './ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { deskRoutes } from './desk-routes';
import { restoreLanguage } from './lib/i18n.svelte';
import { pause } from './lib/ports';
import { currentPath, navigate, startRouter, type Area } from './lib/router.svelte';
import { registerWorker, watchTakeover } from './lib/updates.svelte';
import { overlay } from './overlays';
import { routes } from './routes';
import { watchIdle } from './session/idle';
import { watchLease } from './session/leasing.svelte';
import { lockMinutes } from './session/lock-times.svelte';
import { worksOnline } from './session/online.svelte';
import { opening, shut } from './session/opening.svelte';
import { isAtTable } from './session/places';
import { areaOf, currentAccount, endOnline, resume } from './session/session.svelte';
import { installOverlay } from './store/overlaid';
import { startSync } from './sync/start';
import { releaseAll } from './sync/typing';
import { cover } from './ui/neutral.svelte';

const SIGN_IN = '/sign-in';
const HOME = { phone: '/', desk: '/desk' } as const;
/** Milliseconds for the screen that asks for the words, before the database is opened. */
const ASKING = 50;
/** Milliseconds for the round list alone: syncing at once would keep a slow phone from drawing it. */
const DRAWING = 1_000;

/** Nobody signed in goes to the door; a phone has no desk, and a desk has no round. */
function elsewhere(_path: string, area: Area): string | null {
  if (area === 'open') return null;
  const account = currentAccount();
  if (account === null) return SIGN_IN;
  const own = areaOf(account.role);
  return own === area ? null : HOME[own];
}

function onPhone(): boolean {
  const account = currentAccount();
  return account !== null && areaOf(account.role) === 'phone';
}

/** Minutes that a phone may lie untouched: at a table, in a talk, longer than in a pocket. */
function patience(): number {
  const { talk, untouched } = lockMinutes();
  return isAtTable(currentPath()) ? talk : untouched;
}

/** Where nothing is kept shutting is signing out; what did not arrive yet stays, under the card. */
async function shutOnline(): Promise<void> {
  cover();
  await releaseAll();
  if (await endOnline()) navigate(SIGN_IN, { replace: true });
}

function shutHere(): void {
  if (worksOnline()) void shutOnline();
  else shut();
}

/** A phone that is open covers and shuts itself; a desk, and a phone that is shut, need not. */
function guardScreen(): void {
  const whenOpen = (act: () => void) => (): void => {
    if (onPhone() && opening() === 'open') act();
  };
  watchIdle({
    minutes: patience,
    coverMinutes: () => lockMinutes().cover,
    cover: whenOpen(cover),
    shut: whenOpen(shutHere),
  });
}

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  if (import.meta.env.PROD) watchTakeover();
  await restoreLanguage();
  installOverlay(overlay);
  const resumed = resume(pause(ASKING));
  // A phone draws while its store opens; a desk must know first whether its session still stands.
  if (!onPhone()) await resumed;
  mount(App, { target });
  startRouter([...routes, ...deskRoutes], elsewhere);
  guardScreen();
  await resumed;
  watchLease();
  if (onPhone()) await pause(DRAWING);
  startSync();
  // The dev server changes its files all the time; a worker would keep old ones.
  if (import.meta.env.PROD) await registerWorker();
}

void start();
