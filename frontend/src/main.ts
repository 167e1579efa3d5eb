/** Starts the app. */
import './ui/theme.css';
import './ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { loadStrings, restoreLanguage } from './lib/i18n.svelte';
import { startRouter } from './lib/router.svelte';
import { registerWorker } from './lib/updates.svelte';
import { routes } from './routes';

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  await restoreLanguage();
  mount(App, { target });
  startRouter(routes);
  // The rest of the words, when the first screen stands.
  await loadStrings();
  // The dev server changes its files all the time; a worker would keep old ones.
  if (import.meta.env.PROD) await registerWorker();
}

void start();
