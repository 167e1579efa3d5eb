/**
 * A store that nobody can open any more, or that may not stay: what it alone has goes to the server,
 * sealed and signed, into quarantine; only when the server has named every piece the store goes.
 */
import { sendBoxes, type SealedBoxes } from '../api/boxes';
import type { Problem } from '../api/problem';
import { toBase64, toHex, utf8 } from '../lib/bytes';
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import type { Id } from '../store/dossiers';
import { currentStore } from '../store/current';
import { wipeNamed } from '../store/leaving';
import type { DeviceIdentity, EscrowBox, StoreProblem } from '../store/types';
import { recalledKinds, rememberKinds } from '../store/known-locks';
import { behind } from './behind';
import { isInUse } from './writing-tabs';

export { bareBehind, behind, formsBehind, waitingBehind } from './behind';

/**
 * `unheard`: no line, or an answer that is not ours; `elsewhere`: something is being written here, in
 * this tab or another.
 * Nothing was taken away then.
 */
export type HandingOverProblem = 'unheard' | 'refused' | 'elsewhere' | StoreProblem;

/** In one request, as a sync does: a line that breaks every so often must let it through. */
const PART_BYTES = 240 * 1024;
const MOST_BOXES = 500;

async function digest(box: ArrayBuffer): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', box)));
}

type Signer = DeviceIdentity & { readonly keys: CryptoKeyPair };

export function isSigner(device: DeviceIdentity | null): device is Signer {
  return device !== null && device.keys !== null;
}

/** The body of docs/sync.md, signed by this phone. */
export async function signedBoxes(
  { id, keys }: Signer,
  why: SealedBoxes['why'],
  boxes: readonly EscrowBox[],
): Promise<SealedBoxes> {
  const made_at = `${ports.clock.now().toISOString().slice(0, 19)}Z`;
  const lines = await Promise.all(boxes.map(async (one) => `${one.id} ${await digest(one.box)}\n`));
  const said = utf8(`voordeur boxes 1\n${id}\n${made_at}\n${why}\n${lines.join('')}`);
  const signed = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    keys.privateKey,
    said,
  );
  return {
    device_id: id,
    made_at,
    why,
    boxes: boxes.map(({ id: mutation, box }) => ({
      id: mutation,
      box: toBase64(new Uint8Array(box)),
    })),
    signature: toBase64(new Uint8Array(signed)),
  };
}

/** An answer counts only if it has an outcome for everything that was sent. */
function namesAll(answer: unknown, boxes: readonly EscrowBox[]): boolean {
  const { outcomes } = (answer ?? {}) as { outcomes?: unknown };
  if (!Array.isArray(outcomes)) return false;
  const named = new Set(outcomes.map((line) => (line as { id?: unknown } | null)?.id));
  return boxes.every(({ id }) => named.has(id));
}

function problemOf(problem: Problem): HandingOverProblem {
  return problem.kind === 'problem' && problem.status < 500 ? 'refused' : 'unheard';
}

/** From here on as many boxes as go together; a large one goes alone. */
function partFrom(boxes: readonly EscrowBox[], at: number): readonly EscrowBox[] {
  let bytes = 0;
  const end = boxes.findIndex(({ box }, index) => {
    if (index < at) return false;
    // In base64 four for three.
    bytes += (box.byteLength * 4) / 3;
    return index > at && (bytes > PART_BYTES || index - at >= MOST_BOXES);
  });
  return boxes.slice(at, end === -1 ? undefined : end);
}

/** All boxes, in the parts that go together. */
export function* inParts(boxes: readonly EscrowBox[]): Generator<readonly EscrowBox[]> {
  for (let at = 0; at < boxes.length;) {
    const part = partFrom(boxes, at);
    at += part.length;
    yield part;
  }
}

/** Does the answer to what a phone signed say that it was reported lost? */
export function saysLost(answer: unknown): boolean {
  return (answer as { revoked?: unknown } | null)?.revoked === true;
}

/**
 * Send these in as many requests as it takes; `ok` once the server named every one. Says whether it
 * said, too, that this phone was reported lost.
 */
export async function sendSigned(
  device: Signer,
  why: SealedBoxes['why'],
  boxes: readonly EscrowBox[],
): Promise<Result<{ lost: boolean }, HandingOverProblem>> {
  let lost = false;
  for (const part of inParts(boxes)) {
    const answer = await sendBoxes(await signedBoxes(device, why, part));
    if (!answer.ok) return err(problemOf(answer.error));
    if (!namesAll(answer.value, part)) return err('unheard');
    lost ||= saysLost(answer.value);
  }
  return ok({ lost });
}

/**
 * What leaves as a box never changes again: other words under its id would be refused. A disk that
 * takes nothing any more must not be in the way.
 */
export async function freezeWaiting(user: Id): Promise<void> {
  const open = currentStore();
  if (open?.accountId !== user) return;
  await open.change(({ entries }) =>
    entries
      .filter(({ state, frozen }) => state === 'waiting' && !frozen)
      .map((entry) => ({ do: 'amend', entry: { ...entry, frozen: true, held: false } })),
  );
}

/** Send all that waits and is half filled in, and what was said meanwhile, until `named` has it all. */
async function sendAll(
  user: Id,
  why: SealedBoxes['why'],
  named: Set<Id>,
): Promise<Result<void, HandingOverProblem>> {
  for (;;) {
    await freezeWaiting(user);
    const found = await behind(user);
    if (!found.ok) return found;
    const { device, boxes, forms, loose } = found.value;
    const left = [...boxes, ...forms, ...loose].filter(({ id }) => !named.has(id));
    if (!isSigner(device) || left.length === 0) return ok(undefined);
    const sent = await sendSigned(device, why, left);
    if (!sent.ok) return sent;
    for (const { id } of left) named.add(id);
  }
}

/** Hand over what waits and what is half filled in, then take the store away; on any failure everything stays. */
export async function handOver(
  user: Id,
  why: SealedBoxes['why'],
): Promise<Result<void, HandingOverProblem>> {
  const named = new Set<Id>();
  for (;;) {
    const sent = await sendAll(user, why, named);
    if (!sent.ok) return sent;
    if (currentStore()?.lasting === false) return ok(undefined);
    // Begun while the line was busy. A phone that was reported lost waits for nobody's hands.
    if (why !== 'revoked' && (await isInUse(user))) return err('elsewhere');
    const kinds = recalledKinds(user);
    // Before the store goes: another tab that has it open must not put it back.
    rememberKinds(user, []);
    const wiped = await wipeNamed(user, named);
    if (wiped.ok && wiped.value) return ok(undefined);
    rememberKinds(user, kinds);
    if (!wiped.ok) return wiped;
  }
}
