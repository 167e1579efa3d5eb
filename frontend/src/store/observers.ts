/** Readings that are told again when something they lean on changed. */
import type { Result } from '../lib/result';
import type { Dossier } from './dossiers';
import type { Memory, Topic } from './memory';
import type { Reader, StoreProblem } from './types';

/** Hears on which topics an answer leans. */
export type Note = (topic: Topic) => void;

/** Reads from memory, and notes on which topics each answer leans. */
export function readerOf(memory: Memory, note: Note = () => undefined): Reader {
  const answer = <T>(topics: readonly Topic[], read: () => T): Promise<Result<T, StoreProblem>> => {
    topics.forEach(note);
    return Promise.resolve({ ok: true, value: read() });
  };
  const { a, c } = memory.shelves;
  return {
    dossier: (id) => answer([`a:${id}`], () => a.get(id) ?? null),
    dossiers: (ids) =>
      answer(
        ids.map((id) => `a:${id}`),
        () => ids.map((id) => a.get(id)).filter((found): found is Dossier => found !== undefined),
      ),
    dossiersOf: (kind) => answer([`kind:${kind}`], () => memory.dossiersOf(kind)),
    holdings: () => answer(['a'], () => memory.holdings),
    entries: () => answer(['b'], () => memory.entries),
    meta: (key) => answer([`c:${key}`], () => c.get(key)?.value ?? null),
    spoilt: () => answer(['a', 'b', 'c', 'd'], () => memory.spoilt),
    loose: () => answer(['loose'], () => memory.loose),
  };
}

interface Observer {
  /** Read; gives what tells it. */
  readonly look: () => Promise<() => void>;
  readonly fail: (problem: StoreProblem) => void;
  topics: ReadonlySet<Topic>;
}

export class Observers {
  readonly #all = new Set<Observer>();
  /** Somebody was told that nothing could be read: all look again when something can. */
  #failed = false;

  /** `next` hears what `ask` gives, now and after every change of it; returns the end of it. */
  add<T>(
    ask: (note: Note) => Promise<Result<T, StoreProblem>>,
    next: (result: Result<T, StoreProblem>) => void,
  ): () => void {
    const observer: Observer = {
      topics: new Set(),
      fail: (problem) => {
        next({ ok: false, error: problem });
      },
      look: async () => {
        const topics = new Set<Topic>();
        // At once: what changes while we read must make us read again.
        observer.topics = topics;
        const result = await ask((topic) => topics.add(topic));
        return () => {
          if (this.#all.has(observer) && observer.topics === topics) next(result);
        };
      },
    };
    this.#all.add(observer);
    void observer.look().then((tell) => {
      tell();
    });
    return () => {
      this.#all.delete(observer);
    };
  }

  /** Nothing could be read. */
  fail(problem: StoreProblem): void {
    this.#failed = true;
    for (const observer of [...this.#all]) observer.fail(problem);
  }

  /** These topics changed. */
  async tell(touched: ReadonlySet<Topic>): Promise<void> {
    const all = [...this.#all];
    const everybody = this.#failed;
    this.#failed = false;
    const concerned = all.filter(
      ({ topics }) => everybody || [...topics].some((topic) => touched.has(topic)),
    );
    // One commit is told in one go: a screen that lays the outbox over a dossier sees both or neither.
    const told = await Promise.all(concerned.map((observer) => observer.look()));
    for (const tell of told) tell();
  }

  clear(): void {
    this.#all.clear();
  }
}
