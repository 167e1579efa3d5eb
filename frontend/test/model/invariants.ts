/** What must hold when everything came to rest: the phones beside the server, and the oracle. */
import type { Copy } from '../../src/store/copies';
import type { OutboxEntry } from '../../src/store/types';
import type { Dossier, Id } from '../../src/sync/wire';
import { marksIn } from './marks';
import type { Oracle } from './oracle';
import { asText } from './registers';
import { underWay } from './phones';
import type { Look } from './server';

export interface AtRest {
  readonly name: string;
  readonly account: Id;
  readonly dossiers: readonly Dossier[];
  readonly entries: readonly OutboxEntry[];
  /** What lies there for the server alone; only what each is about can be seen. */
  readonly copies: readonly Copy[];
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, inner]) => [name, inOrder(inner)]));
}

const text = (value: unknown): string => JSON.stringify(inOrder(value));

/** The phone shows what the server says it should, to the letter. */
function equalFaults(phone: AtRest, look: Look): string[] {
  const wanted = look.holdings[phone.account] ?? {};
  const held = new Map(phone.dossiers.map((dossier) => [dossier.id, dossier]));
  const extra = [...held.keys()].filter((id) => !(id in wanted));
  const unequal = Object.entries(wanted).flatMap(([id, { version, body }]) => {
    const mine = held.get(id);
    if (mine === undefined) return [`${phone.name} misses ${id}`];
    const same = mine.version === version && text(mine.body) === text(body);
    return same ? [] : [`${phone.name} holds another ${mine.kind} ${id}`];
  });
  return [...extra.map((id) => `${phone.name} still holds ${id}`), ...unequal];
}

function phoneFaults(phone: AtRest, look: Look, oracle: Oracle): string[] {
  const stuck = underWay(phone.entries).map(
    ({ mutation, state }) => `${phone.name} still has ${mutation.kind} (${state})`,
  );
  const dead = marksIn([phone.dossiers, phone.entries]).filter((mark) => oracle.dead.has(mark));
  const about = [...phone.entries.map(({ mutation }) => mutation), ...phone.copies];
  // That it was thrown away is itself kept, for a server of an older day.
  const gone = about.filter(
    ({ dossier_id, kind }) => oracle.gone.has(dossier_id) && kind !== 'dossier.discard',
  );
  const words = phone.copies.filter(({ id }) => oracle.deadWords.has(id));
  return [
    ...stuck,
    ...gone.map(({ kind }) => `${phone.name} still has ${kind} of a household that is gone`),
    ...words.map(({ kind }) => `${phone.name} keeps a copy of ${kind}, which was thrown away`),
    ...dead.map((mark) => `${phone.name} still holds ${mark}, which was thrown away`),
    ...oracle.readers.walkFaults(phone.account, phone.dossiers),
    ...equalFaults(phone, look),
  ];
}

/** Words with an outcome other than erased are on the server, unless they were taken back. */
function keptFaults(look: Look, oracle: Oracle): string[] {
  const there = new Set(look.marks);
  const { written, gone, dead } = oracle;
  return [...written.owed.values()].flatMap((mutation) => {
    const { id, kind, dossier_id, body } = mutation;
    const outcome = look.outcomes[id];
    if (outcome === undefined && gone.has(dossier_id)) return [];
    if (outcome === undefined) return [`${kind} ${id} has no outcome: lost`];
    const stays = kind.startsWith('note.') || kind === 'concern.raise' || outcome === 'quarantined';
    if (!stays || outcome === 'erased' || gone.has(dossier_id)) return [];
    const lost = marksIn(body).filter((mark) => !there.has(mark) && !dead.has(mark));
    if (lost.length === 0 || written.mayBeGone(id)) return [];
    return lost.map((mark) => `${mark} (${kind}, ${outcome}) is nowhere on the server`);
  });
}

/** Erased is only what was taken back: not what was said later, under a new yes. */
function erasedFaults({ said, written, gone }: Oracle): string[] {
  return said
    .filter(({ mutation: { id, dossier_id }, outcome }) => {
      return outcome === 'erased' && !gone.has(dossier_id) && !written.mayBeGone(id);
    })
    .map(({ mutation: { id, kind } }) => `${kind} ${id} was erased, and nobody took it back`);
}

function onceFaults(look: Look): string[] {
  const twice = (ids: readonly Id[]): Id[] => ids.filter((id, at) => ids.indexOf(id) !== at);
  const about = look.differences.flatMap((one) =>
    one.mutation_id === null ? [] : [`${one.mutation_id} ${one.field}`],
  );
  return [
    ...twice(look.quarantined).map((id) => `${id} is in quarantine twice`),
    ...twice(about).map((id) => `${id} made two differences`),
  ];
}

/** Every value that a conflict put aside can be read, unless the household took it back. */
function readableFaults(look: Look, { registers, gone, dead, written }: Oracle): string[] {
  return registers.putAside.flatMap(({ mutation, dossier, value, said }) => {
    const found = look.differences.some(
      (one) => one.mutation_id === mutation && [one.other, one.shown].map(asText).includes(value),
    );
    // Where nothing was said yet, what came goes with its own words.
    const away = gone.has(dossier) || dead.has(value) || written.mayBeGone(said ?? mutation);
    return found || away ? [] : [`${value} was overwritten by ${mutation} and can be read nowhere`];
  });
}

/** All that is wrong, in words; empty when every promise was kept. */
export function faultsAtRest(phones: readonly AtRest[], look: Look, oracle: Oracle): string[] {
  const back = look.marks.filter((mark) => oracle.dead.has(mark));
  return [
    ...oracle.faults,
    ...back.map((mark) => `${mark} was thrown away and is on the server`),
    ...keptFaults(look, oracle),
    ...erasedFaults(oracle),
    ...onceFaults(look),
    ...readableFaults(look, oracle),
    ...phones.flatMap((phone) => phoneFaults(phone, look, oracle)),
  ];
}
