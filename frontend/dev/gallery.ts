/** Shows every component on one page of the dev server: /dev/gallery.html#<part>. Never built. */
import '../src/ui/theme.css';
import '../src/ui/base.css';
import { mount } from 'svelte';
import { cover } from '../src/ui/neutral.svelte';
import { offerUndo } from '../src/ui/undo.svelte';
import Gallery from './Gallery.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('gallery.html has no #app');
const part = location.hash.slice(1) || 'round';
mount(Gallery, { target, props: { part } });
if (part === 'undo') offerUndo({ message: '12: niemand thuis', undo: () => undefined });
if (part === 'neutral') cover();
