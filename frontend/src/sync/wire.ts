/**
 * The contract of docs/sync.md in types, under one name for whoever works on the phone. They live
 * in api/ because store/ and api/ stand below sync/ and speak the same words.
 */
export type * from '../api/dossiers';
export type * from '../api/mutations';
export type * from '../api/wire';
export { fitsKind, readAnswer, SCHEMA } from '../api/wire';
