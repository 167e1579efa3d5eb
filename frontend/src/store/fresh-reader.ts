/** What both stores have in common: every reading is first brought up to date. */
import type { Result } from '../lib/result';
import type { Reader, StoreProblem } from './types';

export abstract class FreshReader implements Reader {
  /** Answer from memory, once that is up to date. */
  protected abstract fresh<T>(
    read: (reader: Reader) => Promise<Result<T, StoreProblem>>,
  ): Promise<Result<T, StoreProblem>>;

  readonly dossier: Reader['dossier'] = (id) => this.fresh((reader) => reader.dossier(id));
  readonly dossiers: Reader['dossiers'] = (ids) => this.fresh((reader) => reader.dossiers(ids));
  readonly dossiersOf: Reader['dossiersOf'] = (kind) =>
    this.fresh((reader) => reader.dossiersOf(kind));
  readonly holdings: Reader['holdings'] = () => this.fresh((reader) => reader.holdings());
  readonly entries: Reader['entries'] = () => this.fresh((reader) => reader.entries());
  readonly meta: Reader['meta'] = (key) => this.fresh((reader) => reader.meta(key));
  readonly spoilt: Reader['spoilt'] = () => this.fresh((reader) => reader.spoilt());
  readonly loose: Reader['loose'] = () => this.fresh((reader) => reader.loose());
}
