/** Invented households with a plan and a date to come back, for the dev page. */
import type { Address, Contact, Dossier, HouseholdBody, Plan } from '../src/store/dossiers';
import { DATE, id, ME } from './invented-ids';

const address: Address = {
  id: id(4001),
  street: 'Wilgenhof',
  number: '4',
  postcode: '1999 AB',
  city: 'Zandrecht',
  entrance: '',
};

function contactOf(called_name: string): Contact {
  return {
    called_name,
    channel: 'phone',
    value: '06 12 34 56 78',
    when: 'na het eten',
    voicemail_ok: false,
  };
}

function planOf(number: number): Plan {
  return {
    id: id(8900 + number),
    print_wanted: false,
    bring_by: null,
    bring_on: null,
    goals: [
      {
        id: id(8950 + number),
        position: 0,
        domain: 'money_and_schemes',
        text: 'Weer overzicht over de post',
        steps: [
          {
            id: id(9100 + number),
            position: 0,
            text: 'Samen de post op stapels leggen',
            who: 'volunteer',
            who_name: '',
            by: 'volgende week',
            status: 'done',
          },
          {
            id: id(9200 + number),
            position: 1,
            text: 'Bellen met het juridisch loket over de brief van de woningbouw',
            who: 'resident',
            who_name: '',
            by: '',
            status: 'open',
          },
        ],
      },
    ],
  };
}

function household(number: number, name: string, over: Partial<HouseholdBody>): Dossier {
  const body: HouseholdBody = {
    role: 'aftercare',
    stop_id: null,
    address: { ...address, number: String(number) },
    contact: contactOf(name),
    conversation: null,
    consents: [],
    assessments: {},
    notes: [],
    advices: [],
    debt_help: null,
    plan: planOf(number),
    aftercares: [],
    handovers: [],
    differences: [],
    ...over,
  };
  return { id: id(6800 + number), kind: 'household', version: 'v', body };
}

function after(number: number, due_on: string, kind: 'visit' | 'call'): Partial<HouseholdBody> {
  return {
    aftercares: [
      {
        id: id(9500 + number),
        due_on,
        day_part: 'afternoon',
        kind,
        account_id: ME,
        outcome: '',
        more_help: false,
        closed: false,
      },
    ],
  };
}

export const followUps = [
  household(81, 'mevrouw Bakker', after(81, '2026-02-02', 'call')),
  household(82, 'Ali', after(82, DATE, 'visit')),
  household(83, 'meneer Jansen van den Berg', after(83, '2026-02-04', 'visit')),
  household(84, '', { ...after(84, '2026-02-19', 'call'), contact: null }),
];
