/** The phone lays unsent work over a dossier exactly as the server then projects it. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlay } from '../src/overlays';
import type { Dossier, DossierKind, Mutation } from '../src/sync/wire';
import { fitsKind } from '../src/sync/wire';

interface Snapshot {
  name: string;
  me: string;
  show: { kind: DossierKind; id: string };
  held: Dossier[];
  mutations: Mutation[];
  after: unknown;
}

const folder = resolve(import.meta.dirname, '../../tests/contract/snapshots');
const snapshots = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(resolve(folder, name), 'utf-8')) as Snapshot);

function showOn({ show, held, mutations, me }: Snapshot, base: unknown): unknown {
  const known = new Map(held.map((dossier) => [dossier.id, dossier]));
  const at = { me, stored: (id: string) => known.get(id) };
  return overlay.show(show.kind, show.id, base as never, mutations, at);
}

function before({ held, show }: Snapshot): unknown {
  return held.find(({ id }) => id === show.id)?.body ?? null;
}

describe('the shared snapshots', () => {
  it('are there', () => {
    expect(snapshots.length).toBeGreaterThan(0);
  });

  it.each(snapshots.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(showOn(one, before(one))).toEqual(one.after);
  });

  it.each(snapshots.map((one) => [one.name, one] as const))(
    '%s: shown the same over a dossier that already holds it',
    (_name, one) => {
      expect(showOn(one, one.after)).toEqual(one.after);
    },
  );

  it('have bodies that fit their kinds', () => {
    for (const { held, show, after } of snapshots) {
      for (const { kind, body } of held) expect([kind, fitsKind(kind, body)]).toEqual([kind, true]);
      if (after !== null) expect(fitsKind(show.kind, after)).toBe(true);
    }
  });
});
