/** The same rows as ours: stop dossiers as the server sent them, in walking order. */
import Dexie, { type EntityTable } from 'dexie';

export interface Door {
  id: string;
  position: number;
  body: { address: { street: string; number: string } };
}

export const db = new Dexie('peer-list') as Dexie & { doors: EntityTable<Door, 'id'> };
db.version(1).stores({ doors: 'id, position' });
