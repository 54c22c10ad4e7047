/** `sent`: the provider has taken it. It may still report a failure later, and nothing undoes a failure. */
export const SMS_STATUSES = ['pending', 'sent', 'failed'] as const;
export type SmsStatus = (typeof SMS_STATUSES)[number];
