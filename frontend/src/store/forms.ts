/**
 * Half-filled forms: what they are kept under, and how the server gets one when nobody can open this
 * phone any more. It keeps them for a person and applies none; docs/sync.md has the bodies.
 */
import { ports } from '../lib/ports';
import type { Dossier, Id, Instant } from './dossiers';
import { MUTATION_SCHEMA } from './mutations';
import type { MetaKey } from './types';

export type FormKind = 'handover' | 'answer' | 'worry' | 'incident';

/** What is kept while it is filled in: vouchers too, which hold no words for the server. */
export type DraftKind = FormKind | 'voucher';

/** What a worry about no door is kept under, and an incident always. */
export const NO_DOOR = 'none';

/** Half a form for the server, in the envelope of a mutation: `id` is the row it lies in. */
export interface FormEnvelope {
  readonly id: Id;
  readonly dossier_id: Id;
  readonly kind: `draft.${FormKind}`;
  readonly schema: number;
  readonly made_at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly kind: FormKind;
  /** The household; of a worry the stop, or NO_DOOR; of an incident NO_DOOR. */
  readonly about: Id;
}

type DossierOf = (id: Id) => Dossier | undefined;
type Values = Readonly<Record<string, unknown>>;

/** Where a form is kept. */
export function formKey(kind: DraftKind, about: Id): MetaKey {
  return `draft:${kind}:${about}`;
}

/** Which form is kept there; null where none is. */
export function formAt(key: MetaKey): Place | null {
  const [, kind, about] = /^draft:(handover|answer|worry|incident):(.+)$/.exec(key) ?? [];
  return kind === undefined || about === undefined ? null : { kind: kind as FormKind, about };
}

function valuesIn(kept: string | null): Values {
  try {
    return (JSON.parse(kept ?? '') ?? {}) as Values;
  } catch {
    return {};
  }
}

/** Was anything filled in? What was typed and taken out again is no form. */
export function holdsWords(kept: string | null): boolean {
  return Object.values(valuesIn(kept)).some(
    (value) => typeof value === 'string' && value.trim() !== '',
  );
}

/** Two worries whose doors are gone become one about no door: neither takes the other's place. */
export function joinedWorries(first: string | null, next: string): string {
  if (!holdsWords(first)) return next;
  if (first === null || !holdsWords(next)) return first ?? next;
  const facts = [first, next].map((kept) => String(valuesIn(kept)['facts'] ?? ''));
  return JSON.stringify({ ...valuesIn(next), facts: facts.join('\n\n') });
}

/** The words of a form as docs/sync.md says them; the teams whose yes they rest on stand in them. */
const BODIES: Readonly<Record<FormKind, (values: Values, about: Dossier | undefined) => Values>> = {
  handover: ({ teamId, why, urgency, calledAt, company, chosen }) => ({
    team_ids: typeof teamId === 'string' ? [teamId] : [],
    why: why ?? '',
    urgency: urgency ?? null,
    called_at: calledAt ?? null,
    company_wanted: company ?? false,
    domains: chosen ?? null,
  }),
  answer: ({ words }, about) => {
    const handovers = about?.kind === 'household' ? about.body.handovers : [];
    const asked = handovers.filter(({ state }) => state === 'returned');
    return { team_ids: asked.map(({ team_id }) => team_id), words: words ?? '' };
  },
  worry: ({ facts, withAddress }, about) => ({
    facts: facts ?? '',
    address_id: withAddress === true && about?.kind === 'stop' ? about.body.address.id : null,
  }),
  incident: ({ kind, facts, hurt, callNow }) => ({
    kind: kind ?? '',
    facts: facts ?? '',
    hurt: hurt ?? false,
    call_now: callNow ?? false,
  }),
};

/** Handed in they are dossiers of their own, of no door. */
const OF_NO_DOOR: readonly FormKind[] = ['worry', 'incident'];

/** What the server gets of the form in this row; null where there is none, or no word in it. */
export function formEnvelope(
  row: Id,
  { key, value }: { readonly key: MetaKey; readonly value: string },
  dossierOf: DossierOf,
): FormEnvelope | null {
  const place = formAt(key);
  if (place === null || !holdsWords(value)) return null;
  const { kind, about } = place;
  return {
    id: row,
    dossier_id: OF_NO_DOOR.includes(kind) ? row : about,
    kind: `draft.${kind}`,
    schema: MUTATION_SCHEMA,
    made_at: `${ports.clock.now().toISOString().slice(0, 19)}Z`,
    body: BODIES[kind](valuesIn(value), dossierOf(about)),
  };
}
