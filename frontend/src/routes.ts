/**
 * The table of screens. Add a line; the path's parameters are the screen's props.
 * Of the phone's screens only the round list comes with the first bundle; all others are lazy, and those of
 * a talk and of rare days bring words of their own.
 */
import Today from './features/visits/phone/Today.svelte';
import { withRareWords, withTalkWords } from './lib/i18n.svelte';
import { route, type Route } from './lib/router.svelte';

export const routes: readonly Route[] = [
  route({ path: '/', area: 'phone', load: () => Promise.resolve({ default: Today }) }),
  route({
    path: '/round/:roundId',
    area: 'phone',
    load: () => import('./features/visits/phone/Round.svelte'),
  }),
  route({
    path: '/round/:roundId/word',
    area: 'phone',
    load: () => withRareWords(() => import('./features/letters/phone/RecognitionWord.svelte')),
  }),
  route({
    path: '/round/:roundId/letter',
    area: 'phone',
    load: () => withRareWords(() => import('./features/letters/phone/OurLetter.svelte')),
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
    path: '/talk/:stopId',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/conversations/phone/Start.svelte')),
  }),
  route({
    path: '/talk/:stopId/domains',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/conversations/phone/Overview.svelte')),
  }),
  route({
    path: '/talk/:stopId/domain/:domain',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/conversations/phone/DomainCard.svelte')),
  }),
  route({
    path: '/talk/:stopId/consent',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/conversations/phone/Consents.svelte')),
  }),
  route({
    path: '/plan/:stopId',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/plans/phone/Plan.svelte')),
  }),
  route({
    path: '/plan/:stopId/show',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/plans/phone/ShareShow.svelte')),
  }),
  route({
    path: '/handover/:householdId',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/handover/phone/Handover.svelte')),
  }),
  route({
    path: '/debrief/:stopId',
    area: 'phone',
    load: () =>
      withRareWords(() => withTalkWords(() => import('./features/concerns/phone/Debrief.svelte'))),
  }),
  route({
    path: '/incident',
    area: 'phone',
    load: () =>
      withRareWords(() =>
        withTalkWords(() => import('./features/incidents/phone/Incident.svelte')),
      ),
  }),
  route({
    path: '/heavy-talk',
    area: 'phone',
    load: () =>
      withRareWords(() =>
        withTalkWords(() => import('./features/incidents/phone/HeavyTalk.svelte')),
      ),
  }),
  route({
    path: '/vouchers/:roundId',
    area: 'phone',
    load: () =>
      withRareWords(() =>
        withTalkWords(() => import('./features/conversations/phone/Vouchers.svelte')),
      ),
  }),
  route({
    path: '/worry',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/concerns/phone/Worry.svelte')),
  }),
  route({
    path: '/worry/:stopId',
    area: 'phone',
    load: () => withTalkWords(() => import('./features/concerns/phone/Worry.svelte')),
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
    load: () => withRareWords(() => import('./features/access/phone/Help.svelte')),
  }),
  route({
    path: '/help/lock',
    area: 'phone',
    load: () => withRareWords(() => import('./features/access/phone/ChangeLock.svelte')),
  }),
  route({
    path: '/help/devices',
    area: 'phone',
    load: () => withRareWords(() => import('./features/access/phone/MyDevices.svelte')),
  }),
  route({
    path: '/outbox',
    area: 'phone',
    load: () => withRareWords(() => import('./features/sync/phone/Outbox.svelte')),
  }),
  route({
    path: '/outbox/empty',
    area: 'phone',
    load: () => withRareWords(() => import('./features/sync/phone/EmptyPhone.svelte')),
  }),
];
