/**
 * One sync, top to bottom: send what waits in parts, read what changed in parts, until both sides
 * mean the same. A failure anywhere leaves everything as it was, except that what was sent is
 * frozen.
 */
import { exchange } from '../api/sync';
import { isLineAtFault, type Problem } from '../api/problem';
import { release } from '../lib/release';
import { err, ok, type Result } from '../lib/result';
import type { CopyBox } from '../store/copies';
import type { Id } from '../store/dossiers';
import type { Store, StoreProblem } from '../store/types';
import { changesOf } from './apply';
import { enrolled, isRevoked } from './enrolling';
import { fittingBoxes, freezeNext, PART_BYTES, type Batch } from './batch';
import { expectedOf, versionsIn, type Expected } from './expecting';
import { hashOf } from './holdings';
import { unsentAfter } from './unsent';
import { LATER_KINDS, readAnswer, SCHEMA, type SyncAnswer, type SyncRequest } from './wire';

/** `offline`: nobody of ours answered; `unwell`: the server did, and cannot; `revoked`: reported lost. */
export type SyncProblem =
  | { readonly kind: 'offline' | 'sign-in-needed' | 'unwell' | 'revoked' }
  | { readonly kind: 'store'; readonly problem: StoreProblem };

/** A server that never ends must not keep a phone busy for ever. */
const MOST_PARTS = 200;

interface Course {
  /** How much a request may hold; halves when the server finds it too much. */
  bytes: number;
  /** Too large to send even alone: it waits, and what follows it in its dossier. */
  readonly skip: Set<Id>;
  withHoldings: boolean;
  /** What the server may have lost, and must have again before it may drop anything. */
  copies: CopyBox[];
}

type Step<T> = Promise<Result<T, SyncProblem>>;

/** Send and receive until nothing is left; `ok` means that the server has all that may be sent. */
export async function syncOnce(store: Store): Step<void> {
  const known = await enrolled(store);
  if (!known.ok) return err(problemOf(known.error));
  const course: Course = { bytes: PART_BYTES, skip: new Set(), withHoldings: false, copies: [] };
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const batch = await fromStore(freezeNext(store, course.bytes, course.skip));
    if (!batch.ok) return batch;
    const expected = await expectedOf(batch.value.foreseen);
    const request = await describe(store, batch.value, expected, course);
    if (!request.ok) return request;
    const answer = await ask(request.value, expected, course);
    if (!answer.ok) return answer;
    if (answer.value === 'too-much') continue;
    const more = await take(store, batch.value, answer.value, course);
    await store.contacted();
    if (!more.ok) return more;
    if (!more.value) return course.skip.size === 0 ? ok(undefined) : err({ kind: 'unwell' });
  }
  return err({ kind: 'unwell' });
}

async function fromStore<T>(work: Promise<Result<T, StoreProblem>>): Step<T> {
  const result = await work;
  return result.ok ? result : err({ kind: 'store', problem: result.error });
}

/** The request: who we are, what we hold, what we have to say; first what may have been lost. */
async function describe(
  store: Store,
  { mutations, more }: Batch,
  expected: Expected,
  { copies, withHoldings, bytes }: Course,
): Step<SyncRequest> {
  const receipt = await fromStore(store.meta('receipt'));
  if (!receipt.ok) return receipt;
  const holdings = await fromStore(store.holdings());
  if (!holdings.ok) return holdings;
  const unsent = await fromStore(unsentAfter(store, mutations));
  if (!unsent.ok) return unsent;
  return ok({
    schema: SCHEMA,
    app: release,
    kinds: LATER_KINDS,
    device_id: store.device.id,
    receipt: receipt.value,
    holdings_hash: await hashOf(holdings.value),
    ...(copies.length > 0
      ? { copies: fittingBoxes(copies, bytes), mutations: [], more: true }
      : {
          ...(withHoldings ? { holdings: holdings.value } : {}),
          ...(expected.size > 0 ? { expects: versionsIn(expected) } : {}),
          mutations,
          more,
          unsent: unsent.value,
        }),
  });
}

function problemOf(problem: Problem): SyncProblem {
  if (isLineAtFault(problem)) return { kind: 'offline' };
  if (problem.status === 401) return { kind: 'sign-in-needed' };
  if (isRevoked(problem)) return { kind: 'revoked' };
  return { kind: 'unwell' };
}

/**
 * The answer, if it counts: JSON of our schema, for this phone, that names the ids we sent. Dossiers
 * that are what we expected are put in as if they had come.
 */
async function ask(
  request: SyncRequest,
  expected: Expected,
  course: Course,
): Step<SyncAnswer | 'too-much'> {
  const said = await exchange(request);
  if (!said.ok && said.error.status === 413) return lessNextTime(request, course);
  if (!said.ok) return err(problemOf(said.error));
  const answer = readAnswer(said.value, request);
  if (answer === null) return err({ kind: 'offline' });
  const known = answer.as_expected.flatMap((id) => expected.get(id) ?? []);
  return ok({ ...answer, dossiers: [...answer.dossiers, ...known] });
}

/** Halve the part; when one mutation alone is too much, go on without it. */
function lessNextTime(
  { mutations, copies }: SyncRequest,
  course: Course,
): Result<'too-much', SyncProblem> {
  if (copies !== undefined) {
    if (copies.length === 1) return err({ kind: 'unwell' });
    course.bytes = Math.floor(course.bytes / 2);
    return ok('too-much');
  }
  const [first, second] = mutations;
  if (first === undefined) return err({ kind: 'unwell' });
  if (second === undefined) {
    course.skip.add(first.id);
    course.bytes = PART_BYTES;
    return ok('too-much');
  }
  const size = JSON.stringify(mutations).length;
  course.bytes = Math.floor(Math.min(course.bytes, size) / 2);
  return ok('too-much');
}

/** Apply an answer in one transaction; says whether there is more to do. */
async function take(store: Store, batch: Batch, answer: SyncAnswer, course: Course): Step<boolean> {
  if (course.copies.length > 0) return sentAgain(store, answer, course);
  const last = !batch.more && !answer.more && !answer.need_holdings;
  const written = await fromStore(store.change((view) => changesOf(view, { answer, last })));
  if (!written.ok) return written;
  // Asked twice for the same list: it would go on for ever.
  if (answer.need_holdings && course.withHoldings) return err({ kind: 'unwell' });
  // Until the last part is in, the server knows us by our own list only.
  course.withHoldings = answer.need_holdings || (course.withHoldings && batch.more);
  if (answer.need_holdings) return mayBeLost(store, course);
  if (!last) return ok(true);
  return moreWaits(store, batch, answer);
}

/** The server does not know our receipt: it may have lost what came after an older day. */
async function mayBeLost(store: Store, course: Course): Step<boolean> {
  // Now, not with the next sync: a phone that is lost before that hands over by its key alone.
  const known = await enrolled(store);
  if (!known.ok) return err(problemOf(known.error));
  const boxes = await fromStore(store.copyBoxes());
  if (!boxes.ok) return boxes;
  course.copies = boxes.value;
  return ok(true);
}

/** A part of the copies has its outcomes; without them all nothing more is asked. */
async function sentAgain(store: Store, answer: SyncAnswer, course: Course): Step<boolean> {
  const told = new Set(answer.outcomes.map(({ id }) => id));
  if (!answer.ids.every((id) => told.has(id))) return err({ kind: 'unwell' });
  const written = await fromStore(store.change((view) => changesOf(view, { answer, last: false })));
  if (!written.ok) return written;
  course.copies = course.copies.filter(({ id }) => !told.has(id));
  return ok(true);
}

/** Typed while we were busy: send that too, unless the server gave no outcome for what it had. */
async function moreWaits(store: Store, batch: Batch, answer: SyncAnswer): Step<boolean> {
  const entries = await fromStore(store.entries());
  if (!entries.ok) return entries;
  const told = new Set(answer.outcomes.map(({ id }) => id));
  const untold = batch.mutations.some(({ id }) => !told.has(id));
  if (untold) return err({ kind: 'unwell' });
  return ok(
    entries.value.some(({ state, held, frozen }) => state === 'waiting' && !held && !frozen),
  );
}
