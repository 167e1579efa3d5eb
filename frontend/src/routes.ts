/**
 * The table of screens. Add a line; the path's parameters are the screen's props.
 * Phone screens come with the first bundle only where that is said (`today`); all others are lazy.
 */
import { route, type Route } from './lib/router.svelte';
import Start from './Start.svelte';

export const routes: readonly Route[] = [
  route({ path: '/', area: 'open', load: () => Promise.resolve({ default: Start }) }),
];
