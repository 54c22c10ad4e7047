import { settlement } from './payment.rules';
import { isOpen, mayBecome, PAYMENT_STATUSES } from './payment.state';

const NOW = new Date('2026-03-02T09:00:00Z');
const THEN = new Date('2026-02-28T09:00:00Z');

describe('the states of a payment', () => {
  it('lead along rules §5.4 and nowhere else (trust 57)', () => {
    const moves = PAYMENT_STATUSES.flatMap((from) =>
      PAYMENT_STATUSES.filter((to) => mayBecome(from, to)).map((to) => `${from} > ${to}`),
    );
    expect(moves).toEqual([
      'pending > paid',
      'pending > late',
      'pending > cancelled',
      'late > paid',
      'late > cancelled',
    ]);
    expect(PAYMENT_STATUSES.filter(isOpen)).toEqual(['pending', 'late']);
  });
});

describe('what a request makes of a payment', () => {
  it('is paid now, or on the day that it names', () => {
    expect(settlement('late', { status: 'paid' }, NOW)).toEqual({ status: 'paid', paidAt: NOW });
    expect(settlement('pending', { status: 'paid', paid_at: THEN }, NOW)).toEqual({ status: 'paid', paidAt: THEN });
  });

  it('is paid by a day of payment alone, while it is open', () => {
    expect(settlement('pending', { paid_at: THEN }, NOW)).toEqual({ status: 'paid', paidAt: THEN });
    expect(settlement('paid', { paid_at: THEN }, NOW)).toEqual({ paidAt: THEN });
    expect(settlement('cancelled', { paid_at: THEN }, NOW)).toBeNull();
  });

  it('is nothing when neither is named', () => {
    for (const status of PAYMENT_STATUSES) expect(settlement(status, {}, NOW)).toEqual({});
    expect(settlement('late', { status: 'pending' }, NOW)).toEqual({});
  });

  it('is refused where the payment is final', () => {
    for (const status of ['paid', 'cancelled'] as const)
      for (const wanted of ['paid', 'cancelled'] as const)
        expect(settlement(status, { status: wanted }, NOW)).toBeNull();
  });
});
