/** What ids of the town stand for: a recording is replayed in a town whose ids are others. */
import type { Store } from '../../src/store/types';
import type { Id } from '../../src/sync/wire';
import { dossiersOn } from '../model/phones';

/** Every id that a phone learned from the town, by a name that every town has. */
export async function namesIn(store: Store): Promise<Record<string, Id>> {
  const names: Record<string, Id> = {};
  for (const dossier of await dossiersOn(store)) {
    if (dossier.kind === 'profile') {
      dossier.body.teams.forEach(({ id }, at) => (names[`team ${String(at + 1)}`] = id));
    }
    if (dossier.kind === 'round') {
      names['round'] = dossier.id;
      names['campaign'] = dossier.body.campaign.id;
      names['guide'] = dossier.body.campaign.guide_id;
      names['consent text'] = dossier.body.campaign.consent_text_id;
    }
    if (dossier.kind !== 'stop') continue;
    const name = `stop ${String(dossier.body.position)}`;
    if (dossier.body.split_of !== null) continue;
    names[name] = dossier.id;
    for (const [what, id] of Object.entries(dossier.body.reserved)) names[`${name} ${what}`] = id;
    names[`${name} address`] = dossier.body.address.id;
    for (const { id, field } of dossier.body.differences) names[`${name} differs ${field}`] = id;
  }
  return names;
}
