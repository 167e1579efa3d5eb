/** The real app in a process of its own, with days that go by (tests/faults/away.py). */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Id } from '../../src/sync/wire';
import type { Asked, Look, Reply, Town } from '../model/server';

/** As the app has it: how much one answer holds. */
const PART_BYTES = 256 * 1024;

export class AwayServer {
  readonly #process = spawn('.venv/bin/python', ['-m', 'tests.faults.away'], {
    cwd: resolve(process.cwd(), '..'),
  });
  readonly #answers = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  #complaint = '';

  constructor() {
    this.#process.stderr.on('data', (said) => (this.#complaint += String(said)));
  }

  async #ask<T>(said: object): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(said)}\n`);
    const line = await this.#answers.next();
    if (line.done === true) throw new Error(`The server stopped: ${this.#complaint}`);
    return JSON.parse(line.value) as T;
  }

  reset(seed: number): Promise<Town> {
    return this.#ask({ do: 'reset', seed, part_bytes: PART_BYTES });
  }

  request(asked: Asked): Promise<Reply> {
    return this.#ask({ do: 'request', ...asked });
  }

  deed<T = object>(name: string, said: object): Promise<T> {
    return this.#ask({ do: 'deed', name, ...said });
  }

  look(accounts: readonly Id[]): Promise<Look> {
    return this.#ask({ do: 'look', accounts });
  }

  /** A new session; gives its access token. */
  async signIn(account: Id): Promise<string> {
    return (await this.deed<{ token: string }>('sign_in', { account })).token;
  }

  stop(): void {
    this.#process.stdin.end();
  }
}
