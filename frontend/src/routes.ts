/**
 * The table of screens. Add a line; the path's parameters are the screen's props.
 * Phone screens come with the first bundle only where that is said (`today`); all others are lazy.
 */
import { deskRoutes } from './desk-routes';
import Today from './features/visits/phone/Today.svelte';
import { route, type Route } from './lib/router.svelte';

export const routes: readonly Route[] = [
  route({ path: '/', area: 'phone', load: () => Promise.resolve({ default: Today }) }),
  route({
    path: '/round/:roundId',
    area: 'phone',
    load: () => import('./features/visits/phone/Round.svelte'),
  }),
  route({
    path: '/door/:stopId',
    area: 'phone',
    load: () => import('./features/visits/phone/Door.svelte'),
  }),
  route({
    path: '/door/:stopId/other',
    area: 'phone',
    load: () => import('./features/visits/phone/DoorOther.svelte'),
  }),
  route({
    path: '/door/:stopId/languages',
    area: 'phone',
    load: () => import('./features/visits/phone/Languages.svelte'),
  }),
  route({
    path: '/aftercare',
    area: 'phone',
    load: () => import('./features/plans/phone/AftercareList.svelte'),
  }),
  route({
    path: '/aftercare/:aftercareId',
    area: 'phone',
    load: () => import('./features/plans/phone/AftercareVisit.svelte'),
  }),
  route({
    path: '/help',
    area: 'phone',
    load: () => import('./features/access/phone/Help.svelte'),
  }),
  route({
    path: '/outbox',
    area: 'phone',
    load: () => import('./features/sync/phone/Outbox.svelte'),
  }),
  ...deskRoutes,
];
