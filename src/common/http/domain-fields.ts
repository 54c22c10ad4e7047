import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isEmail, IsDefined, IsString } from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Check, Whole } from './fields';

/**
 * Fields of values that the world standardised: countries, currencies, zones, locales, phones, addresses. Every fault
 * has its own code of the contract; what only differs in spelling (`fr-fr`, `europe/paris`) is kept as the standard
 * writes it.
 */

/** ISO 3166-1 alpha-2, as officially assigned. Neither Intl nor the phone library holds just these. */
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Longer than any of these ever is, and short enough to hand to a parser. */
const MAX_TAG = 35;
const MAX_ZONE = 64;
const MAX_EMAIL = 254;
/** In some currencies a session costs hundreds of thousands. */
const MOST_CENTS = 2_147_483_647;
const E164 = /^\+[1-9]\d{5,14}$/;

export function isCountry(value: unknown): value is string {
  return typeof value === 'string' && COUNTRIES.has(value);
}

export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && CURRENCIES.has(value);
}

/** An IANA name as the standard spells it, or null; an offset such as `+01:00` is no zone. */
export function zoneName(value: string): string | null {
  if (value.length > MAX_ZONE || !/^[A-Za-z]/.test(value)) return null;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    // Intl answers an alias by another name: then the caller's own is kept.
    return known.toLowerCase() === value.toLowerCase() ? known : value;
  } catch {
    return null;
  }
}

/** A BCP 47 tag of a language that exists, as the standard spells it, or null. */
export function localeTag(value: string): string | null {
  if (value.length > MAX_TAG) return null;
  try {
    const locale = new Intl.Locale(value);
    return LANGUAGE_NAMES.of(locale.language) === undefined ? null : locale.toString();
  } catch {
    return null;
  }
}

/** E.164, of a length that its country knows. Whether it is in use only a message can tell. */
export function isPhone(value: unknown): value is string {
  return typeof value === 'string' && E164.test(value) && (parsePhoneNumberFromString(value)?.isPossible() ?? false);
}

export function isEmailAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_EMAIL && !/\p{Surrogate}/u.test(value) && isEmail(value);
}

/** An address of the web, without a name or password in it. */
export function isWebUrl(value: unknown): value is string {
  if (
    typeof value !== 'string' ||
    !value.isWellFormed() ||
    !/^https?:\/\/[^\s\p{Cc}\\]+$/iu.test(value) ||
    !URL.canParse(value)
  )
    return false;
  const { hostname, username, password } = new URL(value);
  return hostname.includes('.') && username === '' && password === '';
}

/** The same, one that a browser opens encrypted. */
export function isHttpsUrl(value: unknown): value is string {
  return isWebUrl(value) && /^https:/i.test(value);
}

function spelled(spelling: (text: string) => string): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? spelling(value) : value));
}

const text = (): PropertyDecorator =>
  applyDecorators(IsDefined({ message: 'required' }), IsString({ message: 'invalid_type' }));

export function Country(): PropertyDecorator {
  return applyDecorators(
    text(),
    Check('invalid_country', isCountry),
    ApiProperty({ type: String, pattern: '^[A-Z]{2}$', example: 'FR', description: 'ISO 3166-1 alpha-2' }),
  );
}

/** An amount of money, in the smallest unit of its currency: from nothing to the largest integer of a column. */
export function Cents(options: { query?: boolean } = {}): PropertyDecorator {
  return Whole(0, MOST_CENTS, options);
}

export function Currency(): PropertyDecorator {
  return applyDecorators(
    text(),
    Check('invalid_currency', isCurrency),
    ApiProperty({ type: String, pattern: '^[A-Z]{3}$', example: 'EUR', description: 'ISO 4217' }),
  );
}

export function Timezone(): PropertyDecorator {
  return applyDecorators(
    spelled((value) => zoneName(value) ?? value),
    text(),
    Check('invalid_timezone', (value) => typeof value === 'string' && zoneName(value) !== null),
    ApiProperty({ type: String, example: 'Europe/Paris', maxLength: MAX_ZONE, description: 'IANA name' }),
  );
}

export function LocaleTag(): PropertyDecorator {
  return applyDecorators(
    spelled((value) => localeTag(value) ?? value),
    text(),
    Check('invalid_locale', (value) => typeof value === 'string' && localeTag(value) !== null),
    ApiProperty({ type: String, example: 'fr-FR', maxLength: MAX_TAG, description: 'BCP 47' }),
  );
}

export function Phone(): PropertyDecorator {
  return applyDecorators(
    spelled((value) => value.trim()),
    text(),
    Check('invalid_phone', isPhone),
    ApiProperty({ type: String, pattern: E164.source, example: '+33612345678', description: 'E.164' }),
  );
}

/** Trimmed and lower-cased, in one form of Unicode, so that one address is one account. */
export function EmailAddress(): PropertyDecorator {
  return applyDecorators(
    spelled((value) => value.trim().normalize('NFC').toLowerCase()),
    text(),
    Check('invalid_email', isEmailAddress),
    ApiProperty({ type: String, format: 'email', maxLength: MAX_EMAIL, example: 'camille@example.com' }),
  );
}

function address(max: number, accepts: (value: unknown) => boolean, example: string): PropertyDecorator {
  return applyDecorators(
    spelled((value) => value.trim()),
    text(),
    Check('too_long', (value) => typeof value !== 'string' || value.length <= max),
    Check('invalid_url', (value) => typeof value !== 'string' || value.length > max || accepts(value)),
    ApiProperty({ type: String, format: 'uri', maxLength: max, example }),
  );
}

/** An https address of at most `max` characters. */
export function HttpsUrl(max: number): PropertyDecorator {
  return address(max, isHttpsUrl, 'https://example.com/diploma.pdf');
}

/** An http or https address of at most `max` characters. */
export function WebUrl(max: number): PropertyDecorator {
  return address(max, isWebUrl, 'https://example.com/camille');
}
