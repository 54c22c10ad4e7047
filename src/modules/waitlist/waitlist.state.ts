/** Live ones are waiting or notified (a place is kept for them); the others are final. */
export const WAITLIST_STATUSES = ['waiting', 'notified', 'confirmed', 'expired', 'cancelled'] as const;
export type WaitlistStatus = (typeof WAITLIST_STATUSES)[number];
