/** Starts the resident's page: takes the code out of the address bar, then shows what it opens. */
import '../../src/ui/theme.css';
import '../../src/ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { page } from './page.svelte';
import { startLanguage } from './words.svelte';

/** The code behind the #. It leaves the address bar at once: nobody who picks up the phone finds it. */
function takeCode(): string {
  const code = location.hash.slice(1);
  if (code !== '') history.replaceState(null, '', location.pathname + location.search);
  return code;
}

const target = document.getElementById('page');
if (!target) throw new Error('resident.html has no #page');
startLanguage(navigator.languages);
page.start(takeCode());
mount(App, { target });
// Another letter's code, scanned into the same tab.
window.addEventListener('hashchange', () => {
  const code = takeCode();
  if (code !== '') page.start(code);
});
// A page that comes back from memory would show what somebody filled in before they left.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
