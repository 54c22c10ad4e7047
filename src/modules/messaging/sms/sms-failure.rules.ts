/** Why an SMS did not arrive, in words that a coach can do something with: keys of `messaging.sms_failures`. */
export const SMS_FAILURES = [
  'opted_out',
  'outdated',
  'number_day_full',
  'number_invalid',
  'unreachable',
  'blocked',
  'country',
  'not_configured',
  'not_delivered',
] as const;
export type SmsFailure = (typeof SMS_FAILURES)[number];

/** Codes of Twilio, by what they mean for whoever wanted to tell somebody something. */
const MEANINGS: Partial<Record<SmsFailure, readonly number[]>> = {
  opted_out: [21610],
  number_invalid: [21211, 21214, 21217, 21265, 21401, 21407, 21421, 21614, 30005, 30006, 30011],
  unreachable: [30003, 30009, 30017],
  blocked: [30002, 30004, 30007, 30038, 30044],
  country: [21408, 21612, 30450, 60410],
};

/** @param code ours (`opted_out`), or the provider's (`twilio 30003`) */
export function failureOf(code: string): SmsFailure {
  const own = SMS_FAILURES.find((failure) => failure === code);
  if (own) return own;
  const number = Number(/^twilio (\d+)$/.exec(code)?.[1]);
  return SMS_FAILURES.find((failure) => MEANINGS[failure]?.includes(number)) ?? 'not_delivered';
}

export function saysOptedOut(code: string): boolean {
  return failureOf(code) === 'opted_out';
}
