/** The line between a phone and the server, with every mishap it can have, all drawn beforehand. */
import { gunzipSync } from 'node:zlib';
import type { SyncAnswer, SyncRequest } from '../../src/sync/wire';
import type { Asked, ModelServer, Reply } from './server';

export type Mishap =
  | 'fine'
  | 'drop-request'
  | 'drop-answer'
  | 'twice'
  | 'cut'
  | 'cut-short'
  | 'unwell'
  | 'portal'
  | 'meanwhile';

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

export class Line {
  /** What goes wrong with the next requests; empty is all well. */
  mishaps: Mishap[] = [];
  /** Done by the person while the answer is under way. */
  meanwhile: () => Promise<void> = () => Promise.resolve();
  heard: Heard = () => undefined;
  /** A planted bug of the phone: what it takes the answer for. */
  misread: (answer: SyncAnswer) => SyncAnswer = (answer) => answer;
  readonly #server: ModelServer;
  /** Bytes of before that a lazy line may still deliver. */
  readonly #late: Asked[] = [];

  constructor(server: ModelServer) {
    this.#server = server;
  }

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: url.slice(url.indexOf('/v1')),
      headers: { ...(init.headers as Record<string, string>) },
      body: (await bytesOf(init.body)).toString('base64'),
    };
    const mishap = this.mishaps.shift();
    if (mishap === 'drop-request') throw new TypeError('no line');
    if (mishap === 'portal') return page(200, 'text/html', '<html>Welkom op de wifi</html>');
    if (mishap === 'unwell') return page(503, 'application/problem+json', '{"status":503}');
    const reply = await this.#deliver(asked);
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

  async #deliver(asked: Asked): Promise<Reply> {
    const reply = await this.#server.request(asked);
    if (asked.path !== '/v1/sync' || reply.status !== 200) return reply;
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
