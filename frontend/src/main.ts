/** Starts the app: the words, who works here, the engine, then the first screen. */
import './ui/theme.css';
import './ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { deskRoutes } from './desk-routes';
import { loadStrings, restoreLanguage } from './lib/i18n.svelte';
import { ports } from './lib/ports';
import { startRouter, type Area } from './lib/router.svelte';
import { registerWorker } from './lib/updates.svelte';
import { overlay } from './overlays';
import { routes } from './routes';
import { areaOf, currentAccount, resume } from './session/session.svelte';
import { installOverlay } from './store/overlaid';
import { startSync } from './sync/start';

const SIGN_IN = '/sign-in';
const HOME = { phone: '/', desk: '/desk' } as const;
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    ports.timers.set(done, milliseconds);
  });
}

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  await restoreLanguage();
  installOverlay(overlay);
  const resumed = resume();
  // A phone draws while its store opens; a desk must know first whether its session still stands.
  if (!onPhone()) await resumed;
  mount(App, { target });
  startRouter([...routes, ...deskRoutes], elsewhere);
  await resumed;
  if (onPhone()) await pause(DRAWING);
  startSync();
  await loadStrings();
  // The dev server changes its files all the time; a worker would keep old ones.
  if (import.meta.env.PROD) await registerWorker();
}

void start();
