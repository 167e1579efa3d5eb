/** The screens of the desk, and signing in. All of them are lazy: a phone never loads them by itself. */
import { route, type Route } from './lib/router.svelte';

const access: readonly Route[] = [
  route({
    path: '/sign-in',
    area: 'open',
    load: () => import('./features/access/SignIn.svelte'),
  }),
  route({
    path: '/invitation',
    area: 'open',
    load: () => import('./features/access/Invitation.svelte'),
  }),
  route({
    path: '/desk/accounts',
    area: 'desk',
    load: () => import('./features/access/desk/AccountList.svelte'),
  }),
  route({
    path: '/desk/accounts/new',
    area: 'desk',
    load: () => import('./features/access/desk/AccountNew.svelte'),
  }),
  route({
    path: '/desk/accounts/:accountId',
    area: 'desk',
    load: () => import('./features/access/desk/AccountPage.svelte'),
  }),
  route({
    path: '/desk/devices',
    area: 'desk',
    load: () => import('./features/access/desk/DeviceList.svelte'),
  }),
  route({
    path: '/desk/devices/:deviceId',
    area: 'desk',
    load: () => import('./features/access/desk/BreachPage.svelte'),
  }),
  route({
    path: '/desk/messages',
    area: 'desk',
    load: () => import('./features/access/desk/MyMessages.svelte'),
  }),
  route({
    path: '/desk/municipality',
    area: 'desk',
    load: () => import('./features/access/desk/MunicipalityPage.svelte'),
  }),
  route({
    path: '/desk/roles',
    area: 'desk',
    load: () => import('./features/access/desk/RolesPage.svelte'),
  }),
];

const planning: readonly Route[] = [
  route({
    path: '/desk/addresses',
    area: 'desk',
    load: () => import('./features/territory/desk/AddressImport.svelte'),
  }),
  route({
    path: '/desk/campaigns',
    area: 'desk',
    load: () => import('./features/campaigns/desk/CampaignList.svelte'),
  }),
  route({
    path: '/desk/campaigns/new',
    area: 'desk',
    load: () => import('./features/campaigns/desk/CampaignNew.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId',
    area: 'desk',
    load: () => import('./features/planning/desk/CampaignWithPlans.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/edit',
    area: 'desk',
    load: () => import('./features/campaigns/desk/CampaignEdit.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/readiness',
    area: 'desk',
    load: () => import('./features/insight/desk/Readiness.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/calendar',
    area: 'desk',
    load: () => import('./features/insight/desk/CampaignCalendar.svelte'),
  }),
  route({
    path: '/desk/figures',
    area: 'desk',
    load: () => import('./features/insight/desk/FiguresList.svelte'),
  }),
  route({
    path: '/desk/figures/:campaignId',
    area: 'desk',
    load: () => import('./features/insight/desk/FiguresPage.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/letter',
    area: 'desk',
    load: () => import('./features/letters/desk/LetterPage.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/letter/print',
    area: 'desk',
    load: () => import('./features/letters/desk/PrintPage.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/paper',
    area: 'desk',
    load: () => import('./features/letters/desk/FieldPaperPage.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/vouchers',
    area: 'desk',
    load: () => import('./features/visits/desk/VoucherPage.svelte'),
  }),
  route({
    path: '/desk/calls',
    area: 'desk',
    load: () => import('./features/wishes/desk/CallList.svelte'),
  }),
  route({
    path: '/desk/held-doors',
    area: 'desk',
    load: () => import('./features/visits/desk/HeldDoors.svelte'),
  }),
  route({
    path: '/desk/letterhead',
    area: 'desk',
    load: () => import('./features/letters/desk/LetterheadPage.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/rounds/new',
    area: 'desk',
    load: () => import('./features/visits/desk/RoundNew.svelte'),
  }),
  route({
    path: '/desk/campaigns/:campaignId/round-plans/new',
    area: 'desk',
    load: () => import('./features/planning/desk/PlanNew.svelte'),
  }),
  route({
    path: '/desk/round-plans/:planId',
    area: 'desk',
    load: () => import('./features/planning/desk/PlanPage.svelte'),
  }),
  route({
    path: '/desk/rounds/:roundId/falls-ill',
    area: 'desk',
    load: () => import('./features/planning/desk/IllPage.svelte'),
  }),
  route({
    path: '/desk/rounds/:roundId',
    area: 'desk',
    load: () => import('./features/visits/desk/RoundPage.svelte'),
  }),
];

const watch: readonly Route[] = [
  route({
    path: '/desk/watch',
    area: 'desk',
    load: () => import('./features/watch/desk/Board.svelte'),
  }),
  route({
    path: '/desk/watch/:roundId',
    area: 'desk',
    load: () => import('./features/watch/desk/WatchedRound.svelte'),
  }),
];

const volunteers: readonly Route[] = [
  route({
    path: '/desk/volunteers',
    area: 'desk',
    load: () => import('./features/volunteers/desk/VolunteerList.svelte'),
  }),
  route({
    path: '/desk/volunteers/:accountId',
    area: 'desk',
    load: () => import('./features/volunteers/desk/VolunteerPage.svelte'),
  }),
];

const care: readonly Route[] = [
  route({
    path: '/desk',
    area: 'desk',
    load: () => import('./features/insight/desk/Home.svelte'),
  }),
  route({
    path: '/desk/trail',
    area: 'desk',
    load: () => import('./features/insight/desk/Trail.svelte'),
  }),
  route({
    path: '/desk/handovers',
    area: 'desk',
    load: () => import('./features/handover/desk/Inbox.svelte'),
  }),
  route({
    path: '/desk/handovers/:handoverId',
    area: 'desk',
    load: () => import('./features/handover/desk/Opened.svelte'),
  }),
  route({
    path: '/desk/handovers/debt-help/:requestId',
    area: 'desk',
    load: () => import('./features/handover/desk/DebtDesk.svelte'),
  }),
  route({
    path: '/desk/debriefs',
    area: 'desk',
    load: () => import('./features/conversations/desk/CallMeList.svelte'),
  }),
  route({
    path: '/desk/incidents',
    area: 'desk',
    load: () => import('./features/incidents/desk/IncidentList.svelte'),
  }),
  route({
    path: '/desk/incidents/:incidentId',
    area: 'desk',
    load: () => import('./features/incidents/desk/IncidentPage.svelte'),
  }),
  route({
    path: '/desk/plans',
    area: 'desk',
    load: () => import('./features/plans/desk/PlanPrints.svelte'),
  }),
  route({
    path: '/desk/concerns',
    area: 'desk',
    load: () => import('./features/concerns/desk/ConcernList.svelte'),
  }),
  route({
    path: '/desk/concerns/:concernId',
    area: 'desk',
    load: () => import('./features/concerns/desk/ConcernPage.svelte'),
  }),
  route({
    path: '/desk/quarantine',
    area: 'desk',
    load: () => import('./features/sync/desk/QuarantineList.svelte'),
  }),
  route({
    path: '/desk/quarantine/:quarantinedId',
    area: 'desk',
    load: () => import('./features/sync/desk/QuarantinePage.svelte'),
  }),
];

export const deskRoutes: readonly Route[] = [
  ...access,
  ...planning,
  ...watch,
  ...volunteers,
  ...care,
];
