/** Vouchers given and taken back, laid over what the server knows of them. */
import { by, upsert, whenThere, type Registry } from '../../sync/overlay';
import type { MutationOf, VoucherBody, VoucherGift } from '../../sync/wire';

function give(body: VoucherBody, { body: said }: MutationOf<'voucher.give'>): VoucherBody {
  const { gift_id: id, round_id, adults, children, codes } = said;
  const gift: VoucherGift = { id, round_id, adults, children, codes };
  return {
    ...body,
    given: upsert(
      body.given,
      gift,
      by(({ id: one }) => one),
    ),
  };
}

function takeBack(body: VoucherBody, { body: said }: MutationOf<'voucher.take_back'>): VoucherBody {
  return { ...body, given: body.given.filter(({ id }) => id !== said.gift_id) };
}

export const vouchersOverlay: Registry = {
  steps: {
    voucher: { 'voucher.give': whenThere(give), 'voucher.take_back': whenThere(takeBack) },
  },
};
