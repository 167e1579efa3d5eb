/** A plan to share: a named helper, and as many goals as a test wants. */
import type { Aftercare, Goal, Plan } from '../../src/store/dossiers';

export const HELPER = 'Marga van Oeveren';

function goal(number: number): Goal {
  const nr = String(number);
  return {
    id: `goal-${nr}`,
    position: number,
    domain: '',
    text: `Doel ${nr}: rust in huis 🏡, één dag per week zonder zorgen`,
    steps: [
      {
        id: `step-${nr}`,
        position: 0,
        text: `Stap ${nr}: de post samen openen – “niets” blijft liggen`,
        who: 'someone',
        who_name: HELPER,
        by: 'vrijdag',
        status: 'open',
      },
    ],
  };
}

export function planOf(goals: number): Plan {
  return {
    id: 'plan',
    print_wanted: false,
    bring_by: null,
    bring_on: null,
    goals: Array.from({ length: goals }, (_, index) => goal(index + 1)),
  };
}

export const aftercare: Aftercare = {
  id: 'aftercare',
  due_on: '2026-03-03',
  day_part: 'afternoon',
  kind: 'visit',
  account_id: 'me',
  outcome: '',
  more_help: false,
  closed: false,
};
