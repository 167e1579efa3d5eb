/** A request of the phone as bytes, and an answer of the server as a `Response`: nothing goes wrong. */
import type { Asked, Reply } from '../model/server';

/** What the phone asks, as it goes over the line. */
export async function askedOf(url: string, init: RequestInit = {}): Promise<Asked> {
  const { body } = init;
  const bytes = body === null || body === undefined ? '' : await new Response(body).arrayBuffer();
  return {
    method: init.method ?? 'GET',
    path: url.slice(url.indexOf('/v1')),
    headers: { ...(init.headers as Record<string, string>) },
    body: Buffer.from(bytes as ArrayBuffer).toString('base64'),
  };
}

export function bytesOf({ body }: Reply): Buffer {
  return Buffer.from(body, 'base64');
}

/** `type` null: some line took it off. */
export function answerOf(status: number, type: string | null, bytes: Buffer | string): Response {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return new Response(status === 204 ? null : Uint8Array.from(whole), {
    status,
    headers: type === null ? {} : { 'Content-Type': type },
  });
}
