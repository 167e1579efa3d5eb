/** A server of docs/sync.md in memory, with every mishap that a line can have. Tests only. */
import type {
  Dossier,
  GoneLine,
  Mutation,
  MutationOutcome,
  OutcomeLine,
  SyncAnswer,
  SyncRequest,
} from '../src/sync/wire';
import type { CopyBox } from '../src/store/copies';
import type { EscrowKey } from '../src/store/escrow';
import { hashOf } from '../src/sync/holdings';
import { idsOf, SCHEMA } from '../src/sync/wire';

export type Mishap =
  | 'drop-request'
  | 'drop-answer'
  | 'twice'
  | 'html'
  | 'no-content'
  | 'half'
  | 'wrong-ids'
  | 'of-another'
  | 'told-twice'
  | 'no-type'
  | 'too-large'
  | 'unwell'
  | 'unauthorised';

/** How a phone knows the code that empties it; no test types the code of this one. */
export const REMOVAL_CHECK = 'ab'.repeat(32);

export class FakeServer {
  /** Effects in order; an id twice in here is a mutation that happened twice. */
  readonly effects: Mutation[] = [];
  readonly requests: SyncRequest[] = [];
  readonly dossiers = new Map<string, Dossier>();
  readonly outcomes = new Map<string, OutcomeLine>();
  /** What comes next; empty is all well. */
  mishaps: Mishap[] = [];
  /** Dossiers an answer may hold, before `more`. */
  fits = 1_000;
  /** Requests with more mutations than this are too large. */
  takes = 10_000;
  /** What it says to be gone. */
  erased: GoneLine[] = [];
  /** Does it find this app too old? Then it takes what comes and gives nothing. */
  renew = false;
  inFlight = 0;
  mostInFlight = 0;
  /** How often a phone told its signing key. */
  enrolments = 0;
  answerWith: (mutation: Mutation) => { outcome: MutationOutcome; code: string } = () => ({
    outcome: 'applied',
    code: '',
  });
  /** As enrolling tells it. */
  escrowKey: EscrowKey | undefined;
  /** What the server makes of a mutation; here the tests put dossiers in place. */
  onEffect: (mutation: Mutation) => void = () => undefined;
  /** How it reads a copy of what arrived; without it, it cannot. */
  openCopy: (copy: CopyBox) => Promise<Mutation> = () => Promise.reject(new Error('no key'));
  readonly #receipts = new Map<string, Map<string, string>>();

  readonly fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    if (url.endsWith('/v1/devices')) {
      this.enrolments += 1;
      const told = { removal_check: REMOVAL_CHECK, escrow_key: this.escrowKey };
      return json(JSON.stringify(told));
    }
    if (!url.endsWith('/v1/sync')) return problem(404, 'not-found');
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      return await this.#meet(await readBody(init));
    } finally {
      this.inFlight -= 1;
    }
  };

  async #meet(request: SyncRequest): Promise<Response> {
    this.requests.push(request);
    const mishap = this.mishaps.shift();
    if (mishap === 'drop-request') throw new TypeError('line cut');
    if (mishap === 'html') return page('<html>Log in to the café</html>');
    if (mishap === 'no-content') return new Response(null, { status: 204 });
    if (mishap === 'unauthorised') return problem(401, 'sign-in-needed');
    if (mishap === 'unwell') return problem(503, 'unavailable');
    if (mishap === 'too-large' || request.mutations.length > this.takes) {
      return problem(413, 'too-large');
    }
    const answer = await this.#answer(request);
    if (mishap === 'twice') await this.#answer(request);
    if (mishap === 'drop-answer') throw new TypeError('line cut');
    const text = JSON.stringify(garbled(answer, mishap));
    if (mishap === 'no-type') return new Response(new TextEncoder().encode(text));
    return json(mishap === 'half' ? text.slice(0, text.length / 2) : text);
  }

  async #answer(request: SyncRequest): Promise<SyncAnswer> {
    const ids = idsOf(request);
    const { device_id } = request;
    if (await this.#mayHaveLost(request)) {
      const nothing = { schema: SCHEMA, outcomes: [], dossiers: [], drops: [], more: false };
      return {
        ...nothing,
        device_id,
        as_expected: [],
        erased: [],
        renew: false,
        ids,
        receipt: request.receipt,
        need_holdings: true,
      };
    }
    const copies = await Promise.all((request.copies ?? []).map((copy) => this.openCopy(copy)));
    const outcomes = [...copies, ...request.mutations].map((mutation) => this.#apply(mutation));
    const plain = {
      schema: SCHEMA,
      device_id,
      ids,
      outcomes,
      dossiers: [],
      as_expected: [],
      drops: [],
      erased: [],
      renew: this.renew,
    };
    if (request.more) return { ...plain, receipt: null, need_holdings: false, more: false };
    const held = await this.#heldBy(request);
    if (held !== null && this.renew) {
      return { ...plain, receipt: request.receipt, need_holdings: false, more: false };
    }
    if (held === null) return { ...plain, receipt: null, need_holdings: true, more: false };
    return { ...plain, ...this.#changes(held, request), erased: this.erased };
  }

  async #mayHaveLost(request: SyncRequest): Promise<boolean> {
    if (request.holdings !== undefined || request.copies !== undefined) return false;
    return (await this.#heldBy(request)) === null;
  }

  #apply(mutation: Mutation): OutcomeLine {
    const before = this.outcomes.get(mutation.id);
    if (before) return { ...before, outcome: 'already_applied' };
    const line = { id: mutation.id, ...this.answerWith(mutation) };
    this.outcomes.set(mutation.id, line);
    this.effects.push(mutation);
    this.onEffect(mutation);
    return line;
  }

  async #heldBy(request: SyncRequest): Promise<Map<string, string> | null> {
    if (request.holdings) return new Map(Object.entries(request.holdings));
    const known = this.#receipts.get(request.receipt ?? '');
    if (request.receipt === null && request.holdings_hash === (await hashOf({}))) return new Map();
    if (known && request.holdings_hash === (await hashOf(Object.fromEntries(known)))) return known;
    return null;
  }

  #changes(
    held: Map<string, string>,
    { expects = {} }: SyncRequest,
  ): Pick<SyncAnswer, 'dossiers' | 'as_expected' | 'drops' | 'receipt' | 'more' | 'need_holdings'> {
    const changed = [...this.dossiers.values()].filter(
      ({ id, version }) => held.get(id) !== version,
    );
    const expected = changed.filter(({ id, version }) => expects[id] === version);
    const news = changed.filter((dossier) => !expected.includes(dossier));
    const dossiers = news.slice(0, this.fits);
    const more = dossiers.length < news.length;
    const drops = more ? [] : [...held.keys()].filter((id) => !this.dossiers.has(id));
    const next = new Map(held);
    for (const { id, version } of [...dossiers, ...expected]) next.set(id, version);
    for (const id of drops) next.delete(id);
    const receipt = `receipt-${String(this.#receipts.size + 1)}`;
    this.#receipts.set(receipt, next);
    const as_expected = expected.map(({ id }) => id);
    return {
      dossiers: structuredClone(dossiers),
      as_expected,
      drops,
      receipt,
      more,
      need_holdings: false,
    };
  }

  /** A restored database: it knows no phone any more. */
  forgetReceipts(): void {
    this.#receipts.clear();
  }

  /** A database that was put back to before anything arrived. */
  forgetEverything(): void {
    this.forgetReceipts();
    this.outcomes.clear();
    this.effects.length = 0;
  }
}

/** Our own JSON, and still not the answer to what was asked. */
function garbled(answer: SyncAnswer, mishap: Mishap | undefined): SyncAnswer {
  const { outcomes } = answer;
  if (mishap === 'wrong-ids') return { ...answer, ids: ['somebody-elses'] };
  if (mishap === 'of-another') return { ...answer, device_id: 'another' };
  if (mishap === 'told-twice') return { ...answer, outcomes: [...outcomes, ...outcomes] };
  return answer;
}

async function readBody(init: RequestInit | undefined): Promise<SyncRequest> {
  const headers = new Headers(init?.headers);
  const body = init?.body;
  if (typeof body === 'string') return JSON.parse(body) as SyncRequest;
  if (headers.get('Content-Encoding') !== 'gzip') throw new Error('what is this body?');
  const stream = new Blob([body as ArrayBuffer])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text()) as SyncRequest;
}

function json(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'application/json' } });
}

function page(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'text/html' } });
}

function problem(status: number, code: string): Response {
  const headers = { 'Content-Type': 'application/problem+json' };
  const body = { status, code, title: '', detail: '', errors: [] };
  return new Response(JSON.stringify(body), { status, headers });
}
