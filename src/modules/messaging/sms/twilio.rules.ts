import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';

/**
 * Where a name may stand as sender without anybody having registered it. Elsewhere networks drop such a message, or put
 * a number of their own in its place (the United States, Canada, Brazil, Belgium), or want the name on a list first
 * (the United Kingdom has one, Spain and Italy ask for it): there the number of the product sends.
 */
const NAME_COUNTRIES: ReadonlySet<string> = new Set(
  'FR MC GP MQ GF RE YT BL MF PM NC PF DE AT CH LI LU NL PT SE DK NO PL GR CY MT SI EE LV LT BG IS'.split(' '),
);

/** A name of up to eleven letters and digits, at least one of them a letter: digits alone would be a number. */
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/;

/** Under which name an SMS to this number (E.164) leaves; null for the number of the product. */
export function nameFor(phone: string, senderName: string | null): string | null {
  if (senderName === null || !NAME.test(senderName)) return null;
  return NAME_COUNTRIES.has(parsePhoneNumberFromString(phone)?.country ?? '') ? senderName : null;
}

/** Refusals of a sender that the number of the product may not meet. */
const NAME_REFUSED = new Set([21212, 21267, 21612].map((code) => `twilio ${code}`));

export function refusesName(code: string): boolean {
  return NAME_REFUSED.has(code);
}

/** What an answer that is no success means. A message that was not understood may be understood later. */
export function failureOfAnswer(status: number, body: unknown, retryAfter: unknown): DeliveryFailure {
  const code = codeOf(body);
  const isFinal = status >= 400 && status < 500 && isAboutMessage(code);
  return new DeliveryFailure(code === null ? `twilio http_${status}` : `twilio ${code}`, isFinal, msOf(retryAfter));
}

/** Of messages and numbers; what is about accounts and rates (20xxx) an operator or the time will mend. */
function isAboutMessage(code: number | null): boolean {
  return code !== null && code >= 21_000 && code < 70_000;
}

function codeOf(body: unknown): number | null {
  const code = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : null;
  return typeof code === 'number' && Number.isInteger(code) && code > 0 ? code : null;
}

/** `Retry-After` in seconds, as Twilio writes it. */
function msOf(retryAfter: unknown): number | null {
  return typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : null;
}

/** What a network tells of itself. A message of an error would quote addresses. */
export function failureOfNetwork(error: unknown): DeliveryFailure {
  const { name, code } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (name === 'CanceledError' || code === 'ECONNABORTED') return new DeliveryFailure('twilio timeout', false);
  return new DeliveryFailure(typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'twilio answer', false);
}

export const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/;
