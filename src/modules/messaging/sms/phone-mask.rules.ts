import { parsePhoneNumberFromString } from 'libphonenumber-js';

const SHOWN = 2;
const MARK = '•';

/** A number (E.164) whose owner stays unknown: its country's code and its last two digits, `+33•••••••89`. */
export function masked(phone: string): string {
  const head = `+${parsePhoneNumberFromString(phone)?.countryCallingCode ?? ''}`;
  const hidden = Math.max(0, phone.length - head.length - SHOWN);
  return head + MARK.repeat(hidden) + phone.slice(head.length + hidden);
}
