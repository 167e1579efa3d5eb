/** Vouchers after a talk: how many, and which codes; never for whom, or at which door. */
import { today } from '../../lib/dates';
import { ports } from '../../lib/ports';
import { forgetDraft } from '../../sync/drafts';
import { change, newEntry, type Saved } from '../../sync/record';
import type { Id } from '../../sync/wire';

/** As docs/sync.md has it: a voucher bears at most so many characters. */
const CODE = /^[A-Z0-9][A-Z0-9./-]{0,39}$/;
export const MOST_PEOPLE = 20;

/** One form for what is typed: in capitals and without spaces, as the server has it. */
export function asPrinted(typed: string): string {
  return typed.toUpperCase().replace(/\s+/g, '');
}

/** Can this stand on a voucher? */
export function isCode(code: string): boolean {
  return CODE.test(code);
}

/** The voucher below it on the pile: its number is one more. "" where it bears no number. */
export function nextCode(code: string): string {
  const [, before = '', number] = /^(.*?)(\d+)$/.exec(code) ?? [];
  if (number === undefined) return '';
  const next = (BigInt(number) + 1n).toString().padStart(number.length, '0');
  return next.length > number.length ? '' : before + next;
}

export interface Given {
  readonly adults: number;
  readonly children: number;
  readonly codes: readonly string[];
}

/** Note what was given on this round; what was typed for it is kept no longer. */
export function giveVouchers(schemeId: Id, roundId: Id, given: Given): Promise<Saved> {
  const { adults, children } = given;
  // As the server sorts them: plainly.
  const codes = [...new Set(given.codes.map(asPrinted))].filter((code) => code !== '').sort();
  const gift_id = ports.random.uuid();
  const body = { gift_id, round_id: roundId, adults, children, codes, date: today() };
  const entry = newEntry({ kind: 'voucher.give', dossier_id: schemeId, body });
  return change(() => [{ do: 'queue', entry }, forgetDraft('voucher', roundId)]);
}

/** It was no gift after all; one that was never sent leaves no trace. */
export function takeBackVouchers(schemeId: Id, giftId: Id): Promise<Saved> {
  const body = { gift_id: giftId };
  const entry = newEntry({ kind: 'voucher.take_back', dossier_id: schemeId, body });
  return change(({ entries }) => {
    const given = entries.find(
      ({ mutation, frozen, state }) =>
        mutation.kind === 'voucher.give' &&
        mutation.body.gift_id === giftId &&
        !frozen &&
        state === 'waiting',
    );
    return given ? [{ do: 'unqueue', seq: given.seq }] : [{ do: 'queue', entry }];
  });
}
