/** The vouchers of a campaign at the desk. */
import { get, post, put } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';

export interface OddCode {
  readonly code: string;
  readonly why: 'twice' | 'void' | 'unknown';
  readonly handed: readonly { readonly first_name: string; readonly date: string }[];
}

export interface Vouchers {
  readonly scheme: {
    readonly id: string;
    readonly name: string;
    readonly with_codes: boolean;
  } | null;
  readonly stock: number;
  readonly void: number;
  readonly given: {
    readonly gifts: number;
    readonly adults: number;
    readonly children: number;
    readonly codes: number;
  };
  readonly odd: readonly OddCode[];
  readonly more_odd: number;
}

export const readVouchers = (campaignId: string): Answer<Vouchers> =>
  get(`/campaigns/${campaignId}/vouchers`);
export const nameVouchers = (
  campaignId: string,
  name: string,
  withCodes: boolean,
): Answer<Vouchers> => put(`/campaigns/${campaignId}/vouchers`, { name, with_codes: withCodes });
export const addCodes = (
  campaignId: string,
  lines: readonly string[],
): Answer<{ added: number; known: number }> =>
  post(`/campaigns/${campaignId}/vouchers/codes`, { lines });
export const voidCodes = (
  campaignId: string,
  lines: readonly string[],
): Answer<{ voided: number; not_in_stock: number }> =>
  post(`/campaigns/${campaignId}/vouchers/voided-codes`, { lines });
