/**
 * The phone screens on invented doors, without a server: /dev/phone.html?phase=offline#/door/….
 * Fills the store through its own code, stands the clock still, then shows the path. Never built.
 */
import '../src/ui/theme.css';
import '../src/ui/base.css';
import { mount } from 'svelte';
import App from '../src/App.svelte';
import { loadStrings, setLanguage } from '../src/lib/i18n.svelte';
import { replacePorts } from '../src/lib/ports';
import { startRouter } from '../src/lib/router.svelte';
import { overlay } from '../src/overlays';
import { routes } from '../src/routes';
import { resume } from '../src/session/session.svelte';
import { openStore } from '../src/store/current';
import { dataKey } from '../src/store/sealing';
import { installOverlay } from '../src/store/overlaid';
import { setPhase, type Phase } from '../src/sync/status.svelte';
import { invented } from './invented';
import { ME } from './invented-ids';

const asked = new URLSearchParams(location.search);
const path = location.hash.slice(1) || '/';

replacePorts({ clock: { now: () => new Date(asked.get('now') ?? '2026-02-03T13:30:00Z') } });
installOverlay(overlay);
localStorage.setItem(
  'voordeur.account',
  JSON.stringify({ id: ME, role: 'volunteer', language: 'nl' }),
);
const store = await openStore(ME, await dataKey(new Uint8Array(32)));
await resume();
const changes = invented(asked.get('scene') ?? 'round');
if (store.ok) await store.value.change(() => changes);
await loadStrings();
await setLanguage(asked.get('lang') === 'en' ? 'en' : 'nl');
setPhase((asked.get('phase') ?? 'idle') as Phase);
const target = document.getElementById('app');
if (!target) throw new Error('phone.html has no #app');
history.replaceState(null, '', path);
mount(App, { target });
startRouter(routes);
