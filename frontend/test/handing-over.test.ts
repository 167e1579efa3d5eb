/** A store nobody can open: what waits in it reaches the server, which alone can read it; nothing is lost. */
import Dexie from 'dexie';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SealedBoxes } from '../src/api/boxes';
import { err, ok } from '../src/lib/result';
import { fromBase64, toHex, utf8 } from '../src/lib/bytes';
import { ports } from '../src/lib/ports';
import { handOver, waitingBehind } from '../src/session/handing-over';
import { rescueFile } from '../src/session/rescuing';
import { closeStore } from '../src/store/current';
import { escrowKeyOf } from '../src/store/escrow';
import { record } from '../src/sync/record';
import { syncOnce } from '../src/sync/once';
import { editText } from '../src/sync/typing';
import { opened, serverKey, type ServerKey } from './server-key';
import { HOUSEHOLD, ME, must, newPhone, STOP, TALK, waitingIn, type Phone } from './phone';

let phone: Phone;
let sent: SealedBoxes[];
let key: ServerKey;
let answer: (body: SealedBoxes) => Response;

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' } });
}

beforeEach(async () => {
  phone = await newPhone();
  key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
  sent = [];
  answer = ({ boxes }) =>
    json({ outcomes: boxes.map(({ id }) => ({ id, outcome: 'quarantined', code: '' })) });
  ports.network.fetch = line;
  await syncOnce(phone.store);
});

function line(url: string, init?: RequestInit): Promise<Response> {
  if (!url.endsWith('/v1/sealed-boxes')) return phone.server.fetch(url, init);
  const body = JSON.parse(init?.body as string) as SealedBoxes;
  sent.push(body);
  return Promise.resolve(answer(body));
}

async function isSigned(body: SealedBoxes, publicKey: CryptoKey): Promise<boolean> {
  const lines = await Promise.all(
    body.boxes.map(async ({ id, box }) => {
      const digest = await crypto.subtle.digest('SHA-256', fromBase64(box));
      return `${id} ${toHex(new Uint8Array(digest))}\n`;
    }),
  );
  const head = ['voordeur boxes 1', body.device_id, body.made_at, body.why].join('\n');
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    publicKey,
    fromBase64(body.signature),
    utf8(`${head}\n${lines.join('')}`),
  );
}

function typed(text: string): Promise<unknown> {
  const body = { note_id: 'note', conversation_id: TALK, domain: 'daily_life', position: 0, text };
  return editText({
    same: ({ kind }) => kind === 'note.add',
    draft: (next) => ({ kind: 'note.add', dossier_id: HOUSEHOLD, body: { ...body, text: next } }),
    shown: null,
  }).write(text);
}

describe('a phone whose words are forgotten', () => {
  it('hands over every waiting mutation and half a sentence, signed, and begins anew', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    await typed('Post blijft lig');
    const waiting = await waitingIn(phone.store);
    const { id: device, keys } = phone.store.device;
    closeStore();
    expect(await waitingBehind(ME)).toBe(2);
    await must(handOver(ME, 'forgotten'));
    const [body] = sent;
    if (!body || keys === null) throw new Error('nothing was sent, or nothing signs');
    expect([body.why, body.device_id]).toEqual(['forgotten', device]);
    expect(await isSigned(body, keys.publicKey)).toBe(true);
    const said = await Promise.all(body.boxes.map((box) => opened(key, device, box)));
    const inOrder = (values: unknown[]): string[] =>
      values.map((one) => JSON.stringify(one)).sort();
    expect(inOrder(said)).toEqual(inOrder(waiting.map(({ mutation }) => mutation)));
    expect(await Dexie.exists(`voordeur-sealed-${ME}`)).toBe(false);
  });

  it.each([
    ['without a line', () => Promise.reject(new TypeError('line cut'))],
    ['before a captive portal', () => Promise.resolve(new Response('<html>Log in</html>'))],
    ['when the answer names not all', () => Promise.resolve(json({ outcomes: [] }))],
    ['when the server is unwell', () => Promise.resolve(new Response('', { status: 503 }))],
  ])('%s gives nothing up', async (_name, fetch) => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    closeStore();
    ports.network.fetch = fetch;
    expect(await handOver(ME, 'forgotten')).toEqual({ ok: false, error: 'unheard' });
    expect(await waitingBehind(ME)).toBe(1);
  });

  it('hands over too what is typed while it hands over', async () => {
    await typed('Post blijft lig');
    const write = (): Promise<unknown> => typed('Post blijft liggen sinds mei');
    ports.network.fetch = async (url, init) => {
      if (sent.length === 0) await write();
      return line(url, init);
    };
    await must(handOver(ME, 'revoked'));
    const { id: device } = phone.store.device;
    const said = sent.flatMap(({ boxes }) => boxes.map((box) => opened(key, device, box)));
    expect(await Promise.all(said)).toMatchObject([
      { body: { text: 'Post blijft lig' } },
      { body: { text: 'Post blijft liggen sinds mei' } },
    ]);
  });

  it('hands over in pieces that a line which breaks every 300 kB lets through', async () => {
    const text = 'Post blijft liggen. '.repeat(1_000);
    for (let at = 0; at < 30; at += 1) {
      const body = { note_id: `note-${String(at)}`, conversation_id: TALK, domain: '', text };
      const said = { ...body, position: 0 };
      await must(record({ kind: 'note.add', dossier_id: HOUSEHOLD, body: said }));
    }
    await must(handOver(ME, 'forgotten'));
    expect(sent.flatMap(({ boxes }) => boxes)).toHaveLength(30);
    expect(Math.max(...sent.map((one) => JSON.stringify(one).length))).toBeLessThan(256 * 1024);
  });

  it('leaves no box of what arrived, or of what was taken back', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    await syncOnce(phone.store);
    expect(await waitingBehind(ME)).toBe(0);
  });
});

describe('a phone whose first sync never ended', () => {
  beforeEach(async () => {
    phone = await newPhone();
    ports.network.fetch = (url, init) =>
      url.endsWith('/v1/sync') ? Promise.reject(new TypeError('line cut')) : line(url, init);
  });

  it('has the server’s key from its enrolment, and hands over what it wrote', async () => {
    phone.server.escrowKey = escrowKeyOf(key.profile)!;
    await syncOnce(phone.store);
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    const [waiting] = await waitingIn(phone.store);
    expect(await waitingBehind(ME)).toBe(1);
    expect(await handOver(ME, 'revoked')).toEqual({ ok: true, value: undefined });
    const [box] = sent[0]?.boxes ?? [];
    expect(await opened(key, phone.store.device.id, box!)).toEqual(waiting?.mutation);
  });

  it('seals what it wrote before that, too', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    expect(await waitingBehind(ME)).toBe(0);
    phone.server.escrowKey = escrowKeyOf(key.profile)!;
    await syncOnce(phone.store);
    expect(await waitingBehind(ME)).toBe(1);
  });
});

describe('the server’s key', () => {
  it('when it changes, seals again what waits', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    const next = await serverKey('0e000000-0000-4000-8000-00000000000f');
    await must(phone.store.change(() => [{ do: 'keep', dossier: next.profile }]));
    const body = JSON.parse((await rescueFile(ME)) ?? '{}') as SealedBoxes;
    const [box] = body.boxes;
    if (!box) throw new Error('no box');
    expect(body.why).toBe('rescue');
    const [waiting] = await waitingIn(phone.store);
    expect(await opened(next, phone.store.device.id, box)).toEqual(waiting?.mutation);
    await expect(opened({ ...key, id: next.id }, phone.store.device.id, box)).rejects.toThrow();
  });

  it('says no more what was said in a file: typing on is something new', async () => {
    await typed('Post blijft lig');
    const { boxes } = JSON.parse((await rescueFile(ME)) ?? '{}') as SealedBoxes;
    await typed('Post blijft liggen sinds mei');
    const [first, second] = (await waitingIn(phone.store)).map(({ mutation }) => mutation);
    expect(await opened(key, phone.store.device.id, boxes[0]!)).toEqual(first);
    expect(first?.body).toMatchObject({ text: 'Post blijft lig' });
    expect(second?.body).toMatchObject({ text: 'Post blijft liggen sinds mei' });
  });

  it('makes the file also when the disk takes nothing any more', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    vi.spyOn(phone.store, 'change').mockResolvedValue(err({ kind: 'quota' }));
    const { boxes } = JSON.parse((await rescueFile(ME)) ?? '{}') as SealedBoxes;
    expect(boxes).toHaveLength(1);
  });

  it('makes a file in parts, each signed, of more than one request may hold', async () => {
    const door = { kind: 'door.leave', dossier_id: STOP, body: { on: true } } as const;
    const boxes = Array.from({ length: 1_201 }, (_, at) => ({
      id: `box ${String(at)}`,
      box: new TextEncoder().encode(`sealed ${String(at)}`).buffer,
    }));
    await must(record(door));
    const { device } = await must(phone.store.leftBehind());
    const left = { device, boxes, forms: [], loose: [], bare: 0 };
    vi.spyOn(phone.store, 'leftBehind').mockResolvedValue(ok(left));
    const { parts } = JSON.parse((await rescueFile(ME)) ?? '{}') as { parts: SealedBoxes[] };
    expect(parts.map((part) => part.boxes.length)).toEqual([500, 500, 201]);
    expect(parts.flatMap((part) => part.boxes.map(({ id }) => id))).toEqual(
      boxes.map(({ id }) => id),
    );
    const key_ = phone.store.device.keys?.publicKey;
    if (key_ === undefined) throw new Error('nothing signs');
    for (const part of parts) expect(await isSigned(part, key_)).toBe(true);
    expect(new Set(parts.map(({ why }) => why))).toEqual(new Set(['rescue']));
  });

  it('makes no file where nothing waits', async () => {
    expect(await rescueFile(ME)).toBeNull();
  });
});
