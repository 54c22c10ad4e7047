export const PAYMENT_STATUSES = ['pending', 'paid', 'late', 'cancelled'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const PAYMENT_METHODS = ['cash', 'bank_transfer', 'card', 'check', 'other'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Rules §5.4 as data: paid and cancelled are final. */
const NEXT: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ['paid', 'late', 'cancelled'],
  late: ['paid', 'cancelled'],
  paid: [],
  cancelled: [],
};

export function mayBecome(from: PaymentStatus, to: PaymentStatus): boolean {
  return NEXT[from].includes(to);
}

/** Waiting for its money. */
export function isOpen(status: PaymentStatus): boolean {
  return status === 'pending' || status === 'late';
}
