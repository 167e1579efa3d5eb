/** Hand-overs, laid over a household as the server would project them. */
import { adjust, by, upsert, whenThere, type Registry } from '../../sync/overlay';
import { settled } from '../../sync/settle';
import type { Handover, HandoverState, HouseholdBody, Id, MutationOf } from '../../sync/wire';

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
  // An answer stands only while the hand-over is where that answer brought it.
  const change = (handover: Handover): Handover => ({ ...handover, state, answer: null });
  return { ...body, handovers: adjust(body.handovers, id, change, byId) };
}

const ENDED: readonly HandoverState[] = ['refused', 'closed', 'withdrawn'];

function withdrawn(handover: Handover): Handover {
  if (ENDED.includes(handover.state)) return handover;
  return { ...handover, state: 'withdrawn', answer: null };
}

function withdraw(
  body: HouseholdBody,
  { body: said }: MutationOf<'handover.withdraw'>,
): HouseholdBody {
  return { ...body, handovers: adjust(body.handovers, said.handover_id, withdrawn, byId) };
}

/** Without consent to note no word of it stays. */
function wordless(handover: Handover): Handover {
  const { answer, ...rest } = withdrawn(handover);
  const silent = answer && { ...answer, words: '', feedback: '' };
  return { ...rest, why: '', domains: [], answer: silent };
}

/** The consents are as they stand after this mutation: conversations come before us. */
function afterConsent(body: HouseholdBody, consentId: Id): HouseholdBody {
  const consent = body.consents.find(({ id }) => id === consentId);
  if (consent === undefined || (consent.given && consent.withdrawn_at === null)) return body;
  if (consent.purpose === 'note') return { ...body, handovers: body.handovers.map(wordless) };
  if (consent.purpose !== 'share') return body;
  const handovers = body.handovers.map((handover) =>
    handover.team_id === consent.team_id ? withdrawn(handover) : handover,
  );
  return { ...body, handovers };
}

const SETTLED_FIELDS = ['urgency', 'why', 'company_wanted', 'domains'];

function settle(body: HouseholdBody, mutation: MutationOf<'difference.settle'>): HouseholdBody {
  const kept = settled(body.differences, mutation);
  if (kept?.object_kind !== 'handover' || !SETTLED_FIELDS.includes(kept.field)) return body;
  const change = (handover: Handover): Handover => ({ ...handover, [kept.field]: kept.other });
  return { ...body, handovers: adjust(body.handovers, kept.object_id, change, byId) };
}

export const handoverOverlay: Registry = {
  steps: {
    household: {
      'handover.offer': whenThere(offer),
      'handover.answer': whenThere((body, { body: said }) =>
        move(body, said.handover_id, 'offered'),
      ),
      'handover.withdraw': whenThere(withdraw),
      'consent.record': whenThere((body, { body: said }) => afterConsent(body, said.consent_id)),
      'consent.withdraw': whenThere((body, { body: said }) => afterConsent(body, said.consent_id)),
      'difference.settle': whenThere(settle),
    },
  },
  stands: (body, { object_kind, object_id, field }) => {
    if (object_kind !== 'handover' || !('handovers' in body)) return undefined;
    const handover = body.handovers.find(({ id }) => id === object_id);
    return (handover as Readonly<Record<string, unknown>> | undefined)?.[field];
  },
};
