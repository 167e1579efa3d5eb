/** The least that shows rows of IndexedDB without a line: Svelte, Dexie and a worker that precaches. */
import { mount } from 'svelte';
import { registerSW } from 'virtual:pwa-register';
import List from './List.svelte';

mount(List, { target: document.getElementById('app')! });
registerSW();
