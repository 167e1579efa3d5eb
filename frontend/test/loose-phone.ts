/** A phone that is shut and has loose notes, and the line that they go by. */
import { IDBFactory } from 'fake-indexeddb';
import Dexie from 'dexie';
import { expect, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import { sendAllLoose, writeLoose } from '../src/session/loose.svelte';
import { leave, meet, opening } from '../src/session/opening.svelte';
import { currentStore } from '../src/store/current';
import { looseLeft, type LooseNote } from '../src/store/loose';
import type { Store } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { serverKey, type ServerKey } from './server-key';
import { ME, must, newPhone, type Phone } from './phone';
import { begun, wordList } from './words';

export const NAME = `voordeur-sealed-${ME}`;
export const NOTE: LooseNote = {
  door: 'Wilgenhof 12',
  words: 'Het dak lekt boven het bed.',
  when: '2026-02-03 14:30',
  made_at: '2026-02-03T13:30:00Z',
  said_yes: true,
  call_today: false,
};

interface Sent {
  readonly why: string;
  readonly boxes: { id: string; box: string }[];
}

export class LoosePhone {
  line = true;
  /** The line breaks after the server has it. */
  deaf = false;
  /** This phone was reported lost. */
  lost = false;
  readonly sent: Sent[] = [];
  bucket = new IDBFactory();
  readonly phone: Phone;
  readonly key: ServerKey;
  words: string[] = [];

  private constructor(phone: Phone, key: ServerKey) {
    this.phone = phone;
    this.key = key;
  }

  /** One that chose its words, had contact once, and is open. */
  static async make(): Promise<LoosePhone> {
    localStorage.clear();
    const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
    const made = new LoosePhone(await newPhone(), key);
    vi.stubGlobal('navigator', {
      ...navigator,
      storageBuckets: { open: () => Promise.resolve({ indexedDB: made.bucket }) },
    });
    leave();
    await Dexie.delete(NAME);
    ports.network.fetch = made.answer;
    made.phone.server.dossiers.set(ME, key.profile);
    made.words = await begun();
    await must(syncOnce(made.store));
    return made;
  }

  get store(): Store {
    const store = currentStore();
    if (store === null) throw new Error('no store');
    return store;
  }

  readonly answer = (url: string, init?: RequestInit): Promise<Response> => {
    if (url.includes('dutch')) return wordList();
    if (!this.line) return Promise.reject(new TypeError('line cut'));
    if (!url.endsWith('/v1/sealed-boxes')) return this.phone.server.fetch(url, init);
    const body = JSON.parse(init?.body as string) as Sent;
    this.sent.push(body);
    if (this.deaf) return Promise.reject(new TypeError('line cut'));
    const outcomes = body.boxes.map(({ id }) => ({ id, outcome: 'quarantined', code: '' }));
    return Promise.resolve(
      new Response(JSON.stringify({ outcomes, revoked: this.lost }), {
        headers: { 'Content-Type': 'application/json' },
      }),
    );
  };

  /** Why and how many went in each request. */
  get went(): [string, number][] {
    return this.sent.map(({ why, boxes }) => [why, boxes.length]);
  }

  /** Shut, without a line, and a note written. */
  async writes(note = NOTE): Promise<void> {
    this.line = false;
    if (opening() === 'open') {
      leave();
      await meet(ME);
    }
    expect(await must(writeLoose(ME, note))).toBe(true);
    await sendAllLoose();
  }
}

/** How many notes wait on the disk. */
export async function waits(): Promise<number> {
  return (await must(looseLeft(ME))).notes.length;
}
