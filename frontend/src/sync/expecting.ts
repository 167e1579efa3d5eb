/**
 * What a dossier should be once the server took what is sent. The phone names the version that
 * would have; where the server comes to the same, the dossier need not come back over the line.
 */
import { utf8 } from '../lib/bytes';
import { canonical } from '../lib/canonical';
import type { Dossier, DossierKind, Id } from '../store/dossiers';
import type { Mutation } from '../store/mutations';
import { bodyOf, shownMutations, theOverlay } from '../store/overlaid';
import type { View } from '../store/types';
import { digestOf } from './holdings';
import { BODIES_SCHEMA } from './wire';

/** A dossier as this phone works it out; its version follows from that. */
export type Foreseen = Omit<Dossier, 'version'>;

/** By id, what the phone should get: the very dossiers whose versions a request names. */
export type Expected = ReadonlyMap<Id, Dossier>;

/** The kinds of the dossiers that these mutations are about, by id. */
function aboutOf(view: View, sent: readonly Mutation[]): Map<Id, DossierKind> {
  const kinds = new Map<Id, DossierKind>();
  for (const mutation of sent) {
    const kind = view.dossier(mutation.dossier_id)?.kind;
    if (kind !== undefined) kinds.set(mutation.dossier_id, kind);
    const made = theOverlay().creates(mutation);
    if (made !== null) kinds.set(made.id, made.kind);
  }
  return kinds;
}

/**
 * The dossiers that `sent` is about, with that and what arrived before laid over them; pure. What
 * still waits after it is not in there: the server does not know it yet.
 */
export function foreseen(view: View, sent: readonly Mutation[], me: Id): Foreseen[] {
  const overlay = theOverlay();
  const going = new Set(sent.map(({ id }) => id));
  const laid = shownMutations(
    view.entries.filter(
      ({ state, mutation }) => state === 'acknowledged' || going.has(mutation.id),
    ),
  );
  return [...aboutOf(view, sent)].flatMap(([id, kind]): Foreseen[] => {
    const at = { me, stored: view.dossier };
    const body = overlay.show(kind, id, bodyOf(kind, view.dossier(id)), laid, at);
    return body === null ? [] : [{ id, kind, body }];
  });
}

/** The version that the server gives to this content. */
export async function versionOf({ kind, body }: Foreseen): Promise<string> {
  const digest = await digestOf(utf8(`${String(BODIES_SCHEMA)}\n${kind}\n${canonical(body)}`));
  return digest.slice(0, 32);
}

/** Give each its version. */
export async function expectedOf(all: readonly Foreseen[]): Promise<Expected> {
  const whole = await Promise.all(
    all.map(async (one) => ({ ...one, version: await versionOf(one) }) as Dossier),
  );
  return new Map(whole.map((dossier) => [dossier.id, dossier]));
}

/** What a request says of it: dossier id → version. */
export function versionsIn(expected: Expected): Record<Id, string> {
  return Object.fromEntries([...expected].map(([id, { version }]) => [id, version]));
}
