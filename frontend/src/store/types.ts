/**
 * What the rest of the app knows of the phone's store, which is sealed on the disk. Reads come back
 * whole, and a change is plain data decided by a pure function outside any database transaction.
 */
import type { Result } from '../lib/result';
import type { Copy, CopyBox } from './copies';
import type { Dossier, DossierKind, Id, Instant } from './dossiers';
import type { Mutation } from './mutations';

/**
 * `quota`: no room left; `blocked`: a newer version of the app made this store; `closed`: the
 * browser closed it; `unavailable`: there is none (private window); `failed`: anything else.
 */
export interface StoreProblem {
  readonly kind: 'quota' | 'blocked' | 'closed' | 'unavailable' | 'failed';
}

export const OUTCOMES = [
  'applied',
  'already_applied',
  'merged',
  'conflicted',
  'quarantined',
  'erased',
  'refused',
] as const;
/** What the server made of a mutation. */
export type MutationOutcome = (typeof OUTCOMES)[number];

/**
 * `waiting`: no outcome yet; `acknowledged`: counted, its dossier has not come yet;
 * `set_aside`: the server keeps it for a person; `refused`: the server will not have it.
 */
export type EntryState = 'waiting' | 'acknowledged' | 'set_aside' | 'refused';

export interface OutboxEntry {
  /** Order of making on this phone. */
  readonly seq: number;
  readonly mutation: Mutation;
  /** Was once put in a request: its bytes never change again. */
  readonly frozen: boolean;
  /** Its editor is still open: not sent before it is released. */
  readonly held: boolean;
  readonly state: EntryState;
  readonly outcome: MutationOutcome | null;
  readonly code: string;
}

export type NewEntry = Omit<OutboxEntry, 'seq'>;

export type Change =
  | { readonly do: 'keep'; readonly dossier: Dossier }
  | { readonly do: 'drop'; readonly id: Id }
  | { readonly do: 'queue'; readonly entry: NewEntry }
  | { readonly do: 'amend'; readonly entry: OutboxEntry }
  | { readonly do: 'unqueue'; readonly seq: number }
  /** Keep this entry's box for the server; one without a box leaves no copy. */
  | { readonly do: 'copy'; readonly copy: Copy }
  | { readonly do: 'uncopy'; readonly id: Id }
  | { readonly do: 'remember'; readonly key: MetaKey; readonly value: string | null };

/** Facts about this phone; those with a colon end in the id of the dossier they go with. */
export type MetaKey =
  | 'receipt'
  | 'last_success'
  | 'turn'
  | 'pin'
  | 'enrolled'
  /** The server's key as enrolling told it, in JSON: there is no profile before the first sync. */
  | 'escrow_key'
  | 'debriefed'
  /** When everything of a household left this phone because it was thrown away elsewhere. */
  | 'erased'
  /** Since when the server gives this app nothing new, because it is too old. */
  | 'renew'
  /** The devices of this account that its user knows of, with spaces between. */
  | 'devices_seen'
  | `draft:${string}:${Id}`
  | `seen:${Id}`;

/** What a change is decided on: the whole outbox in order, and every dossier. */
export interface View {
  readonly entries: readonly OutboxEntry[];
  /** What arrived lately and lies here for the server alone, in order of making. */
  readonly copies: readonly Copy[];
  readonly dossier: (id: Id) => Dossier | undefined;
  readonly meta: (key: MetaKey) => string | null;
}

/** This phone, to the server: an id, and a key that signs what it sends without a session. */
export interface DeviceIdentity {
  readonly id: Id;
  /** The private half cannot be taken out of the browser; null where it cannot make keys. */
  readonly keys: CryptoKeyPair | null;
}

/** One mutation, or half-filled form, for the server alone. */
export interface EscrowBox {
  readonly id: Id;
  readonly box: ArrayBuffer;
}

export interface LeftBehind {
  /** Null when this phone never opened a store for the account. */
  readonly device: DeviceIdentity | null;
  /** As they lie there: the server puts them in quarantine, where order does not count. */
  readonly boxes: readonly EscrowBox[];
  /** Half-filled forms: those of a store that keeps nothing go with its page. */
  readonly forms: readonly EscrowBox[];
  /** What was written down while nothing opened the store. */
  readonly loose: readonly EscrowBox[];
  /**
   * What was said before the server was ever heard: without its key there is no box. Only who opens
   * the store can still send it.
   */
  readonly bare: number;
}

type Read<T> = Promise<Result<T, StoreProblem>>;

export interface Reader {
  dossier(id: Id): Read<Dossier | null>;
  /** Those that exist, in no promised order. */
  dossiers(ids: readonly Id[]): Read<Dossier[]>;
  dossiersOf(kind: DossierKind): Read<Dossier[]>;
  /** Dossier id → version of everything held. */
  holdings(): Read<Record<Id, string>>;
  /** The whole outbox in order of making. */
  entries(): Read<OutboxEntry[]>;
  meta(key: MetaKey): Read<string | null>;
  /** How many records of this phone do not open: damaged, or put there by somebody else. */
  spoilt(): Read<number>;
  /** When the loose notes were kept that wait for a line, in that order. Nobody here reads them. */
  loose(): Read<readonly Instant[]>;
}

export interface Store extends Reader {
  /** Is it on the phone's disk? Else it is in memory, and all of it goes with this page. */
  readonly lasting: boolean;
  readonly accountId: Id;
  /** Made on this phone for this account. */
  readonly device: DeviceIdentity;
  /**
   * Decide on a consistent view, then write all or nothing; on a disk with `durability: 'strict'`.
   * When somebody else wrote in between, `plan` runs again; it must be pure. Calls run in order.
   */
  change(plan: (view: View) => readonly Change[]): Read<void>;
  /** Read now and after every change of what was read, in any tab; returns the end of it. */
  observe<T>(
    read: (reader: Reader) => Read<T>,
    next: (result: Result<T, StoreProblem>) => void,
  ): () => void;
  /** A fact about this phone as it was read last, without a look at the disk. */
  known(key: MetaKey): string | null;
  /** The boxes of what arrived lately, in order of making. */
  copyBoxes(): Read<CopyBox[]>;
  /** The server answered just now: what may be read here may be read for longer. */
  contacted(): Read<void>;
  /** What waits, each thing in a box for the server alone. */
  leftBehind(): Read<LeftBehind>;
  close(): void;
}
