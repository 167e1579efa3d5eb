/** An invented round for the dev page: fictional street, people and numbers. */
import card from '../../outreach/guides/content/language-card.json';
import consent from '../../outreach/guides/content/consent-2026.1.json';
import type { Dossier, Outcome, OutcomeDetails, RoundBody, StopBody } from '../src/store/dossiers';
import type { Draft } from '../src/store/mutations';
import type { Change } from '../src/store/types';
import { newEntry } from '../src/sync/record';
import { followUps } from './invented-households';
import { DATE, id, ME } from './invented-ids';

const keep = (dossier: Dossier): Change => ({ do: 'keep', dossier });

function round(number: number, date: string, over: Partial<RoundBody>, doors: number): Dossier {
  const stops = Array.from({ length: doors }, (_, at) => ({
    id: id(1000 + number * 100 + at),
    position: at,
  }));
  const body: RoundBody = {
    date,
    day_part: 'afternoon',
    state: 'published',
    campaign: {
      id: id(50),
      name: 'Voorjaar Wilgenbuurt',
      letter_on: '2026-01-20',
      ends_on: '2026-02-28',
      aftercare_weeks: 4,
      guide_id: id(60),
      consent_text_id: id(61),
    },
    base: { name: 'De Schakel', address: 'Lindeplein 1', opening_hours: '9 tot 21 uur' },
    pair: [
      { id: ME, first_name: 'Joke' },
      { id: id(2), first_name: 'Samira' },
    ],
    stops,
    ...over,
  };
  return { id: id(number), kind: 'round', version: 'v', body };
}

function stop(at: number, over: Partial<StopBody> = {}): Dossier {
  const stopId = id(1000 + 1000 + at);
  const flat = at > 13;
  const body: StopBody = {
    round_id: id(10),
    position: at,
    address: {
      id: id(4000 + at),
      street: flat ? 'Elzenpad' : 'Wilgenhof',
      number: flat ? `3 ${String.fromCharCode(51 + at)}` : String(2 + at * 2),
      postcode: '1999 AB',
      city: 'Zandrecht',
      entrance: flat ? 'elzenpad-3' : '',
    },
    reserved: {
      attempt_id: id(5000 + at),
      household_id: id(6000 + at),
      conversation_id: id(7000 + at),
      plan_id: id(8000 + at),
    },
    split_of: null,
    attempt: null,
    earlier: [],
    notices: [],
    hold: null,
    appointment: null,
    left: false,
    differences: [],
    ...over,
  };
  return { id: stopId, kind: 'stop', version: 'v', body };
}

function said(outcome: Outcome, details: OutcomeDetails = {}): Pick<StopBody, 'attempt'> {
  return { attempt: { outcome, details, date: DATE, day_part: 'afternoon' as const, by: ME } };
}

const stops: Dossier[] = [
  stop(0, said('not_home')),
  stop(1, said('conversation')),
  stop(2, said('refused', { scope: 'campaign' })),
  stop(3, said('later', { date: '2026-02-10', day_part: 'evening' })),
  stop(4, { hold: 'wants_no_visit' }),
  stop(5, {
    ...said('not_home'),
    differences: [
      {
        id: id(9001),
        object_kind: 'contact_attempt',
        object_id: id(5005),
        field: 'outcome',
        shown: 'not_home',
        other: 'spoke_briefly',
      },
    ],
  }),
  stop(6, said('leaflet')),
  stop(7, said('other_language', { language: 'tr' })),
  stop(8, {
    earlier: [{ date: '2026-01-27', day_part: 'evening', outcome: 'not_home' }],
    notices: ['dog', 'stairs'],
  }),
  stop(9),
  stop(10, { appointment: { date: DATE, day_part: 'afternoon' } }),
  stop(11, {
    earlier: [
      { date: '2026-01-30', day_part: 'morning', outcome: 'no_access' },
      { date: '2026-01-27', day_part: 'evening', outcome: 'not_home' },
    ],
  }),
  stop(12),
  stop(13),
  ...Array.from({ length: 8 }, (_, at) => stop(14 + at)),
];

const base: Dossier[] = [
  {
    id: ME,
    kind: 'profile',
    version: 'v',
    body: {
      account: {
        id: ME,
        name: 'Joke de Wit',
        first_name: 'Joke',
        role: 'volunteer',
        language: 'nl',
      },
      municipality: { name: 'Gemeente Zandrecht', privacy_contact: '', duty_phone: '014 0199' },
      teams: [
        { id: id(71), name: 'Team Noord', district: 'Noord', duty_phone: '0199 12 34 56' },
        { id: id(72), name: 'Team Zuid', district: 'Zuid', duty_phone: '0199 65 43 21' },
      ],
      supervisors: [{ first_name: 'Marja', phone: '06 11 22 33 44' }],
      coordinators: [{ first_name: 'Ruben', phone: '06 55 66 77 88' }],
      lease_hours: 72,
      lock_minutes: { untouched: 5, talk: 20, cover: 1 },
      devices: [],
      left_out: 0,
      escrow_key: { id: id(7), public_key: '' },
    },
  },
  {
    id: id(61),
    kind: 'consent_text',
    version: 'v',
    body: {
      key: 'toestemming',
      version: '2026.1',
      content: { ...consent, language_card: card } as never,
    },
  },
];

const waiting: Draft[] = [
  {
    kind: 'visit.record',
    dossier_id: id(2006),
    body: { outcome: 'leaflet', from: '', details: {}, date: DATE, day_part: 'afternoon' },
  },
  {
    kind: 'domain.assess',
    dossier_id: id(6001),
    body: { conversation_id: id(7001), domain: 'x', answer: 'goes_well', from: null },
  },
  {
    kind: 'note.add',
    dossier_id: id(6001),
    body: { note_id: id(1), conversation_id: id(7001), domain: 'x', position: 0, text: '' },
  },
  {
    kind: 'concern.raise',
    dossier_id: id(99),
    body: { concern_id: id(99), address_id: null, facts: 'x' },
  },
];

function outbox(): Change[] {
  return waiting.map((draft): Change => ({ do: 'queue', entry: newEntry(draft) }));
}

function aside(code: string): Change {
  const entry = newEntry(waiting[0] as Draft);
  return { do: 'queue', entry: { ...entry, state: 'set_aside', outcome: 'quarantined', code } };
}

/** What the store holds in a scene: round, none, never, done, closed, yesterday, outbox, aside. */
export function invented(scene: string): Change[] {
  const walked = stops.map((one): Dossier =>
    one.kind === 'stop' && one.body.attempt === null
      ? { ...one, body: { ...one.body, ...said('not_home') } }
      : one,
  );
  const here = round(10, DATE, scene === 'closed' ? { state: 'closed' } : {}, 22);
  const next = round(11, '2026-02-05', { day_part: 'evening' }, 18);
  const before = round(12, '2026-02-02', { day_part: 'morning' }, 4);
  const last: Change = { do: 'remember', key: 'last_success', value: '2026-02-03T12:10:00Z' };
  const all = [...base, ...followUps].map(keep);
  switch (scene) {
    case 'never':
      return [];
    case 'none':
      return [...base.map(keep), last];
    case 'coming':
      return [...all, keep(next), last];
    case 'done':
    case 'closed':
      return [...all, keep(here), ...walked.map(keep), last];
    case 'yesterday':
      return [...all, ...[here, next, before, ...stops].map(keep), last];
    case 'outbox':
      return [...all, ...[here, ...stops].map(keep), ...outbox(), last];
    case 'aside':
      return [...all, ...[here, ...stops].map(keep), ...outbox(), aside('round-closed'), last];
    default:
      return [...all, ...[here, next, ...stops].map(keep), last];
  }
}
