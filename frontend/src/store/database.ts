/** The tables on the disk. Only store/ knows IndexedDB. */
import Dexie, { type Table } from 'dexie';
import { ports } from '../lib/ports';
import type { Id } from './dossiers';
import type { SealedRow } from './sealing';
import { NewerStoreError } from './upcasting';

/** What lies in clear: no record of anybody, only what opening the others takes. */
export interface ClearRow {
  key: string;
  value: unknown;
}

/** Of the tables; of the records in them upcasting.ts knows. */
const LATEST = 2;
/** How long another window may hold the store back before that is said; milliseconds. */
const HELD_BACK = 3_000;

/** The sealed store of one account; in another home than the site's own where one is given. */
export class Database extends Dexie {
  a!: Table<SealedRow, Id>;
  b!: Table<SealedRow, Id>;
  c!: Table<SealedRow, Id>;
  d!: Table<SealedRow, Id>;
  clear!: Table<ClearRow, string>;
  /** Another window has an older version open and did not let go. */
  heldBack = false;

  constructor(accountId: Id, home: IDBFactory | null = null) {
    // Chrome writes relaxed by default; we say "saved", so we ask for the disk. By its name Dexie
    // knows a database: what is written in one home is no news in the other.
    super(`voordeur-${home === null ? 'sealed' : 'mirror'}-${accountId}`, {
      chromeTransactionDurability: 'strict',
      ...(home === null ? {} : { indexedDB: home, IDBKeyRange }),
    });
    // Row and stamp together tell what changed, without reading a box.
    const sealed = 'row, [row+stamp]';
    this.version(1).stores({ a: sealed, b: sealed, c: sealed, clear: 'key' });
    this.version(LATEST).stores({ d: sealed });
    // Waiting on would be a screen that says nothing for ever.
    this.on('blocked', () => {
      ports.timers.set(() => {
        if (this.isOpen()) return;
        this.heldBack = true;
        this.close();
      }, HELD_BACK);
    });
  }

  /** What went wrong may pass: who comes next opens it anew. */
  mayOpenAgain(): void {
    if (this.isOpen()) return;
    this.heldBack = false;
    this.close({ disableAutoOpen: false });
  }

  /** Dexie opens what a newer version made; throws NewerStoreError there. */
  async openOwn(): Promise<void> {
    await this.open();
    // Dexie counts in ones, IndexedDB in tens.
    if (this.backendDB().version > LATEST * 10) throw new NewerStoreError();
  }

  /** Is it on the disk? Opening it would make it. */
  isThere(): Promise<boolean> {
    return Dexie.exists(this.name);
  }
}
