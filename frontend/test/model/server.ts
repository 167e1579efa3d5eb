/** The real server in a process of its own: one line asks, one line answers. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { Id } from '../../src/sync/wire';

/** The repository, in which the tests of the front end run one folder down. */
const ROOT = resolve(process.cwd(), '..');

export interface Town {
  readonly municipality: Id;
  readonly round: Id;
  readonly team: Id;
  readonly people: Readonly<Record<'volunteer' | 'partner_of_pair' | 'other_volunteer', Id>>;
}

export interface Held {
  readonly version: string;
  readonly body: unknown;
}

/** What the server knows when all is at rest. */
export interface Look {
  readonly outcomes: Readonly<Record<Id, string>>;
  readonly quarantined: readonly Id[];
  readonly erased: readonly Id[];
  readonly differences: readonly {
    readonly dossier_id: Id;
    readonly mutation_id: Id | null;
    readonly field: string;
    readonly shown: unknown;
    readonly other: unknown;
    readonly settled: boolean;
  }[];
  readonly marks: readonly string[];
  readonly holdings: Readonly<Record<Id, Readonly<Record<Id, Held>>>>;
}

export interface Reply {
  /** The server was killed before it had done anything for good: all else is absent then. */
  readonly died: boolean;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export class ModelServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #complaint = '';

  /** `mutant` names the bug that is planted in this process, if any. */
  constructor(mutant: string | null = null) {
    const more = mutant === null ? [] : [mutant];
    this.#process = spawn('.venv/bin/python', ['-m', 'tests.model.server', ...more], {
      cwd: ROOT,
    });
    this.#process.stderr.on('data', (said) => (this.#complaint += String(said)));
    this.#answers = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  async #ask<T>(said: object): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(said)}\n`);
    const line = await this.#answers.next();
    if (line.done === true) throw new Error(`The server stopped: ${this.#complaint}`);
    return JSON.parse(line.value) as T;
  }

  /** `partBytes`: how much one answer holds. */
  reset(seed: number, partBytes: number): Promise<Town> {
    return this.#ask({ do: 'reset', seed, part_bytes: partBytes });
  }

  /** `diesAfter`: the server is killed before its that many-th statement, if it comes so far. */
  request(asked: Asked, diesAfter?: number): Promise<Reply> {
    return this.#ask({ do: 'request', ...asked, dies_after: diesAfter });
  }

  deed<T = object>(name: string, said: object): Promise<T> {
    return this.#ask({ do: 'deed', name, ...said });
  }

  look(accounts: readonly Id[]): Promise<Look> {
    return this.#ask({ do: 'look', accounts });
  }

  stop(): void {
    this.#process.stdin.end();
  }
}
