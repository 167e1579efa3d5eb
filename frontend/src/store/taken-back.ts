/**
 * What is said now takes back what was said before: of that no copy may be left for the server.
 * Words that rest on another consent stay; where it cannot be told, rather one too many goes.
 */
import { hasWords, type Copy } from './copies';
import type { Consent, Id } from './dossiers';
import type { Mutation, MutationBodies, MutationKind } from './mutations';
import type { OutboxEntry, View } from './types';

type Answer = Pick<Consent, 'purpose' | 'team_id'>;

/** The consent that is taken back, as far as this phone can tell. */
function consentOf(view: View, dossier: Id, consent: Id): Answer | undefined {
  const asked = view.entries.map(({ mutation }) => mutation);
  const said = asked.find(
    ({ kind, body }) => kind === 'consent.record' && body.consent_id === consent,
  );
  if (said?.kind === 'consent.record') return said.body;
  const household = view.dossier(dossier);
  if (household?.kind !== 'household') return undefined;
  return household.body.consents.find(({ id }) => id === consent);
}

/** Which consent this takes back, or says no to; null where it does neither, undefined: unknown. */
export function endedBy(
  view: View,
  { kind, dossier_id, body }: Mutation,
): Answer | null | undefined {
  if (kind === 'consent.record') return body.given ? null : body;
  return kind === 'consent.withdraw' ? consentOf(view, dossier_id, body.consent_id) : null;
}

/** Was it meant for this team? */
function isFor(view: View, copy: Copy, team: Id | null): boolean {
  if (copy.kind === 'handover.offer') return team !== null && copy.about.includes(team);
  if (copy.kind !== 'handover.answer') return false;
  const household = view.dossier(copy.dossier_id);
  const handovers = household?.kind === 'household' ? household.body.handovers : [];
  const answered = handovers.find(({ id }) => copy.about.includes(id));
  return answered === undefined || answered.team_id === team;
}

/** A copy does not say which life domain it is about: with health go the words about all. */
function restsOn(view: View, copy: Copy, answer: Answer | undefined): boolean {
  if (answer?.purpose === 'contact') return copy.kind === 'contact.set';
  if (answer?.purpose === 'share') return isFor(view, copy, answer.team_id);
  return answer?.purpose !== 'feedback' && hasWords(copy);
}

/** Which copies of its dossier may no longer exist. */
const TAKES: {
  readonly [K in MutationKind]?: (copy: Copy, body: MutationBodies[K], view: View) => boolean;
} = {
  'dossier.discard': () => true,
  'note.remove': ({ about }, { note_id }) => about.includes(note_id),
  'goal.remove': ({ about }, { goal_id }) => about.includes(goal_id),
  'step.remove': ({ about }, { step_id }) => about.includes(step_id),
  'debt_help.drop': ({ kind }) => kind === 'debt_help.ask',
  'consent.withdraw': (copy, { consent_id }, view) =>
    restsOn(view, copy, consentOf(view, copy.dossier_id, consent_id)),
  'consent.record': (copy, body, view) => !body.given && restsOn(view, copy, body),
};

/** Copies that go once this is said. */
export function takenBy({ kind, dossier_id, body }: Mutation, view: View): Copy[] {
  const takes = TAKES[kind] as
    ((copy: Copy, said: typeof body, known: View) => boolean) | undefined;
  if (takes === undefined) return [];
  return view.copies.filter((copy) => copy.dossier_id === dossier_id && takes(copy, body, view));
}

/** Did what was said after it, and arrived with it, take it back? */
export function takenBack(view: View, copy: Copy, sent: readonly OutboxEntry[]): boolean {
  const alone = { ...view, copies: [copy] };
  return sent.some(({ mutation, seq }) => seq > copy.seq && takenBy(mutation, alone).length > 0);
}
