/** What is taken back takes its copies along, and no copy of what rests on another consent. */
import { describe, expect, it } from 'vitest';
import type { Copy } from '../src/store/copies';
import type { Dossier, Id } from '../src/store/dossiers';
import type { Mutation, MutationKind } from '../src/store/mutations';
import { takenBy } from '../src/store/taken-back';
import type { View } from '../src/store/types';

const HOUSEHOLD = 'household-1';
const [OURS, OTHERS] = ['team-1', 'team-2'];

let made = 0;
function copy(kind: MutationKind, ...about: Id[]): Copy {
  made += 1;
  const id = `${kind} ${about.join(' ')}`.trim();
  return { id, dossier_id: HOUSEHOLD, kind, seq: made, about, kept_at: '2026-03-04T10:00:00Z' };
}

const COPIES = [
  copy('conversation.open', 'talk'),
  copy('consent.record', 'talk'),
  copy('note.add', 'talk'),
  copy('contact.set'),
  copy('handover.offer', 'handover-1', 'talk', OURS!),
  copy('handover.offer', 'handover-2', 'talk', OTHERS!),
  copy('handover.answer', 'handover-1'),
  copy('handover.answer', 'handover-2'),
  copy('handover.answer', 'handover-unknown'),
  { ...copy('note.add', 'elsewhere'), dossier_id: 'household-2' },
];

const consent = (purpose: string, team_id: Id | null = null): object => ({
  id: `consent-${purpose}`,
  purpose,
  team_id,
});

const household = {
  id: HOUSEHOLD,
  kind: 'household',
  version: '1',
  body: {
    consents: [
      ...['note', 'health', 'contact', 'feedback'].map((one) => consent(one)),
      consent('share', OURS),
    ],
    handovers: [
      { id: 'handover-1', team_id: OURS },
      { id: 'handover-2', team_id: OTHERS },
    ],
  },
} as unknown as Dossier;

const view: View = {
  entries: [],
  copies: COPIES,
  dossier: (id) => (id === HOUSEHOLD ? household : undefined),
  meta: () => null,
};

function taken(kind: MutationKind, body: object): Id[] {
  const mutation = { kind, dossier_id: HOUSEHOLD, body } as unknown as Mutation;
  return takenBy(mutation, view).map(({ id }) => id);
}

const WORDS = [
  'note.add talk',
  'contact.set',
  `handover.offer handover-1 talk ${OURS}`,
  `handover.offer handover-2 talk ${OTHERS}`,
  'handover.answer handover-1',
  'handover.answer handover-2',
  'handover.answer handover-unknown',
];
const FOR_OURS = [
  `handover.offer handover-1 talk ${OURS}`,
  'handover.answer handover-1',
  'handover.answer handover-unknown',
];
const WENT: [string, Id[]][] = [
  ['note', WORDS],
  ['health', WORDS],
  ['contact', ['contact.set']],
  ['share', FOR_OURS],
  ['feedback', []],
];

describe('of what arrived', () => {
  it.each(WENT)('a consent to %s that is taken back takes %j', (purpose, went) => {
    expect(taken('consent.withdraw', { consent_id: `consent-${purpose}` })).toEqual(went);
  });

  it.each(WENT)('a no to %s takes %j', (purpose, went) => {
    const answer = { ...consent(purpose, purpose === 'share' ? OURS : null), given: false };
    expect(taken('consent.record', answer)).toEqual(went);
  });

  it('a yes takes nothing', () => {
    expect(taken('consent.record', { ...consent('note'), given: true })).toEqual([]);
  });

  it('a consent nobody knows here takes every word', () => {
    expect(taken('consent.withdraw', { consent_id: 'unknown' })).toEqual(WORDS);
  });

  it('a yes that still waits here says what it was for', () => {
    const body = { ...consent('contact'), consent_id: 'waiting', given: true };
    const mutation = { kind: 'consent.record', dossier_id: HOUSEHOLD, body } as unknown as Mutation;
    const entry = { mutation } as View['entries'][number];
    const withdrawal = {
      kind: 'consent.withdraw',
      dossier_id: HOUSEHOLD,
      body: { consent_id: 'waiting' },
    } as Mutation;
    const gone = takenBy(withdrawal, { ...view, entries: [entry] });
    expect(gone.map(({ id }) => id)).toEqual(['contact.set']);
  });
});
