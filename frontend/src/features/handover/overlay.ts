/** Hand-overs, laid over a household as the server would project them. */
import { adjust, by, upsert, whenThere, type Registry } from '../../sync/overlay';
import type { Handover, HandoverState, HouseholdBody, MutationOf } from '../../sync/wire';

const byId = by<Handover>(({ id }) => id);

function offer(body: HouseholdBody, { body: said }: MutationOf<'handover.offer'>): HouseholdBody {
  const { handover_id, team_id, urgency, why, domains, company_wanted, called_at } = said;
  const before = body.handovers.find(({ id }) => id === handover_id);
  const offered: Handover = before ?? {
    id: handover_id,
    team_id,
    state: 'offered',
    urgency,
    why,
    domains: [...domains].sort(),
    company_wanted,
    called_at,
    answer: null,
  };
  return { ...body, handovers: upsert(body.handovers, offered, byId) };
}

function move(body: HouseholdBody, id: string, state: HandoverState): HouseholdBody {
  const change = (handover: Handover): Handover => ({ ...handover, state });
  return { ...body, handovers: adjust(body.handovers, id, change, byId) };
}

export const handoverOverlay: Registry = {
  steps: {
    household: {
      'handover.offer': whenThere(offer),
      'handover.answer': whenThere((body, { body: said }) =>
        move(body, said.handover_id, 'offered'),
      ),
      'handover.withdraw': whenThere((body, { body: said }) =>
        move(body, said.handover_id, 'withdrawn'),
      ),
    },
  },
};
