/** The line between a phone and the server, with every mishap it can have, all drawn beforehand. */
import { gunzipSync } from 'node:zlib';
import type { SyncAnswer, SyncRequest } from '../../src/sync/wire';
import type { Asked, ModelServer, Reply } from './server';

export type Mishap =
  | 'fine'
  | 'drop-request'
  | 'drop-answer'
  /** It arrives after all, once later things did. */
  | 'delay'
  | 'twice'
  | 'cut'
  | 'cut-short'
  /** Half of what was sent arrives. */
  | 'half-request'
  | 'unwell'
  | 'portal'
  | 'meanwhile'
  | 'server-killed';

/** Which app asks: today's, one of long ago, or one that this server does not know yet. */
export type Age = 'today' | 'old' | 'newer';

const LONG_AGO = { version: '0.0.1', built_on: '2025-02-03' };
const NEWER_SCHEMA = 9;

/** What the line saw: told to the oracle for every sync that the server answered. */
export type Heard = (request: SyncRequest, answer: SyncAnswer) => void;

async function bytesOf(body: BodyInit | null | undefined): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (body === null || body === undefined) return Buffer.alloc(0);
  return Buffer.from(await new Response(body).arrayBuffer());
}

function said(asked: Asked): SyncRequest {
  const bytes = Buffer.from(asked.body, 'base64');
  const plain = asked.headers['Content-Encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  return JSON.parse(plain.toString()) as SyncRequest;
}

function inWordsOf(age: Age, asked: Asked): Asked {
  if (age === 'today' || asked.path !== '/v1/sync') return asked;
  const changed = age === 'old' ? { app: LONG_AGO } : { schema: NEWER_SCHEMA, shade: 'blue' };
  const headers = { ...asked.headers };
  delete headers['Content-Encoding'];
  const body = Buffer.from(JSON.stringify({ ...said(asked), ...changed })).toString('base64');
  return { ...asked, headers, body };
}

function halved(asked: Asked): Asked {
  const bytes = Buffer.from(asked.body, 'base64');
  return { ...asked, body: bytes.subarray(0, bytes.length / 2).toString('base64') };
}

export class Line {
  /** What goes wrong with the next requests; empty is all well. */
  mishaps: Mishap[] = [];
  /** Done by the person while the answer is under way. */
  meanwhile: () => Promise<void> = () => Promise.resolve();
  heard: Heard = () => undefined;
  /** Before which statement a server that is killed dies. */
  dies: () => number = () => 1;
  age: Age = 'today';
  /** A planted bug of the phone: what it takes the answer for. */
  misread: (answer: SyncAnswer) => SyncAnswer = (answer) => answer;
  readonly #server: ModelServer;
  /** Bytes of before that a lazy line may still deliver. */
  readonly #late: Asked[] = [];

  constructor(server: ModelServer) {
    this.#server = server;
  }

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const asked = inWordsOf(this.age, {
      method: init.method ?? 'GET',
      path: url.slice(url.indexOf('/v1')),
      headers: { ...(init.headers as Record<string, string>) },
      body: (await bytesOf(init.body)).toString('base64'),
    });
    const mishap = this.mishaps.shift();
    if (mishap === 'drop-request') throw new TypeError('no line');
    if (mishap === 'portal') return page(200, 'text/html', '<html>Welkom op de wifi</html>');
    if (mishap === 'unwell') return page(503, 'application/problem+json', '{"status":503}');
    if (mishap === 'delay') {
      this.#late.push(asked);
      throw new TypeError('no line');
    }
    if (mishap === 'server-killed') {
      await this.#deliver(asked, this.dies());
      throw new TypeError('no line');
    }
    const reply = await this.#deliver(mishap === 'half-request' ? halved(asked) : asked);
    if (mishap === 'drop-answer') {
      this.#late.push(asked);
      throw new TypeError('no line');
    }
    return this.#arrive(asked, reply, mishap);
  };

  async #arrive(asked: Asked, reply: Reply, mishap: Mishap | undefined): Promise<Response> {
    const bytes = Buffer.from(reply.body, 'base64');
    if (mishap === 'cut')
      return page(reply.status, reply.type, bytes.subarray(0, bytes.length / 2));
    if (mishap === 'cut-short') return page(reply.status, reply.type, bytes.subarray(0, -1));
    if (mishap === 'meanwhile') await this.meanwhile();
    if (mishap !== 'twice') return page(reply.status, reply.type, bytes);
    const second = await this.#deliver(asked);
    return page(second.status, second.type, Buffer.from(second.body, 'base64'));
  }

  async #deliver(asked: Asked, diesAfter?: number): Promise<Reply> {
    const reply = await this.#server.request(asked, diesAfter);
    if (reply.died || asked.path !== '/v1/sync' || reply.status !== 200) return reply;
    const answer = JSON.parse(Buffer.from(reply.body, 'base64').toString()) as SyncAnswer;
    this.heard(said(asked), answer);
    const taken = Buffer.from(JSON.stringify(this.misread(answer)));
    return { ...reply, body: taken.toString('base64') };
  }

  /** Out of order: something of long ago reaches the server once more. */
  async deliverLate(which: number): Promise<boolean> {
    const asked = this.#late[which % Math.max(this.#late.length, 1)];
    if (asked === undefined) return false;
    await this.#deliver(asked);
    return true;
  }
}

function page(status: number, type: string, body: string | Buffer): Response {
  const whole = typeof body === 'string' ? body : Uint8Array.from(body);
  return new Response(status === 204 ? null : whole, {
    status,
    headers: { 'Content-Type': type },
  });
}
