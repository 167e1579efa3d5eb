/** Starts the app: the words, who works here, the engine, then the first screen. */
import './ui/theme.css';
import './ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { deskRoutes } from './desk-routes';
import { loadStrings, restoreLanguage } from './lib/i18n.svelte';
import { startRouter, type Area } from './lib/router.svelte';
import { registerWorker } from './lib/updates.svelte';
import { overlay } from './overlays';
import { routes } from './routes';
import { areaOf, currentAccount, resume } from './session/session.svelte';
import { installOverlay } from './store/overlaid';
import { startSync } from './sync/start';

const SIGN_IN = '/sign-in';
const HOME = { phone: '/', desk: '/desk' } as const;

/** Nobody signed in goes to the door; a phone has no desk, and a desk has no round. */
function elsewhere(_path: string, area: Area): string | null {
  if (area === 'open') return null;
  const account = currentAccount();
  if (account === null) return SIGN_IN;
  const own = areaOf(account.role);
  return own === area ? null : HOME[own];
}

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  await restoreLanguage();
  installOverlay(overlay);
  startSync();
  await resume();
  mount(App, { target });
  startRouter([...routes, ...deskRoutes], elsewhere);
  // The rest of the words, when the first screen stands.
  await loadStrings();
  // The dev server changes its files all the time; a worker would keep old ones.
  if (import.meta.env.PROD) await registerWorker();
}

void start();
