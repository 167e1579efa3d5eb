/** The real network, and what was heard on it: against this the phone's own belief is held. */
import type { SyncAnswer } from '../../src/sync/wire';

/** Said by a server of ours in a whole answer that went well. */
export class Heard {
  readonly ids = new Set<string>();
  /** Answers by status; 0 is none at all. */
  readonly statuses: Record<string, number> = {};
  readonly #base: string;

  /** `base`: where the phone's line begins, such as "http://127.0.0.1:4000". */
  constructor(base: string) {
    this.#base = base;
  }

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const path = url.slice(url.indexOf('/v1'));
    try {
      const response = await fetch(this.#base + path, init);
      const bytes = await response.arrayBuffer();
      this.#count(response.status);
      if (response.status === 200 && path === '/v1/sync') this.#listen(bytes);
      const empty = response.status === 204;
      const { status, headers } = response;
      return new Response(empty ? null : bytes, { status, headers });
    } catch (fault) {
      this.#count(0);
      throw fault;
    }
  };

  #count(status: number): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }

  #listen(bytes: ArrayBuffer): void {
    const answer = JSON.parse(new TextDecoder().decode(bytes)) as SyncAnswer;
    for (const { id } of answer.outcomes) this.ids.add(id);
  }
}
