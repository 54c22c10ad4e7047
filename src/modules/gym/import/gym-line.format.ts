import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { isCountry, isEmailAddress } from 'src/common/http/domain-fields';
import { postalCode, slugOf } from 'src/modules/gym/gym.rules';

const REQUIRED_COLUMNS = ['chain_name', 'name', 'address', 'zip_code', 'city', 'country', 'lat', 'lng'] as const;
const OPTIONAL_COLUMNS = ['external_id', 'phone', 'email', 'website_url', 'open_24h'] as const;
type Column = (typeof REQUIRED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

/** Characters of each column. */
const LONGEST: Readonly<Record<Column, number>> = {
  chain_name: 100,
  name: 200,
  address: 300,
  zip_code: 20,
  city: 100,
  country: 2,
  lat: 30,
  lng: 30,
  external_id: 100,
  phone: 30,
  email: 254,
  website_url: 500,
  open_24h: 10,
};
const YES = ['true', '1', 'yes', 'oui'];
const NO = ['false', '0', 'no', 'non', ''];
const NUMBER = /^[-+]?\d{1,3}([.,]\d{1,20})?$/;

/** Why a line is left out. */
export const LINE_FAULT_CODES = ['line_incomplete', 'line_invalid_number', 'line_out_of_range'] as const;
export type LineFaultCode = (typeof LINE_FAULT_CODES)[number];

/** What a line says of a club; what is undefined, its file has no column for. */
export interface ClubDetails {
  name: string;
  address: string | null;
  zipCode: string | null;
  city: string;
  country: string;
  lat: number | null;
  lng: number | null;
  phone?: string | null;
  email?: string | null;
  websiteUrl?: string | null;
  open24h?: boolean;
}

export interface ClubLine {
  /** Null for a club of its own. */
  chain: { name: string; slug: string } | null;
  externalId: string | null;
  details: ClubDetails;
}

/** Where each column stands. */
export interface ImportFormat {
  width: number;
  places: Partial<Record<Column, number>>;
}

/** Reads the header; null when a required column is missing. */
export function formatOf(header: readonly string[]): ImportFormat | null {
  const names = header.map((name) => name.trim().toLowerCase());
  if (!REQUIRED_COLUMNS.every((column) => names.includes(column))) return null;
  const known = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS].filter((column) => names.includes(column));
  return { width: names.length, places: Object.fromEntries(known.map((column) => [column, names.indexOf(column)])) };
}

/** A line that cannot be taken, and why. */
class Unreadable extends Error {
  constructor(readonly code: LineFaultCode) {
    super(code);
  }
}

/** Reads a line, or says what is wrong with it. */
export function readLine(cells: readonly string[] | null, format: ImportFormat): ClubLine | LineFaultCode {
  try {
    if (!cells || cells.length < format.width) throw new Unreadable('line_incomplete');
    // A comma too many has moved every value after it to a wrong column.
    if (cells.slice(format.width).some((cell) => cell !== '')) throw new Unreadable('line_out_of_range');
    return clubOf((column) => textIn(cells, format, column));
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
}

/** Trimmed, on one line, in one form of Unicode; undefined when the file has no such column. */
function textIn(cells: readonly string[], { places }: ImportFormat, column: Column): string | undefined {
  const place = places[column];
  if (place === undefined) return undefined;
  const text = (cells[place] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if ([...text].length > LONGEST[column] || /\p{Cc}/u.test(text)) throw new Unreadable('line_out_of_range');
  return text;
}

function clubOf(text: (column: Column) => string | undefined): ClubLine {
  const needed = (column: Column): string => text(column) || refuse('line_incomplete');
  const optional = (column: Column): string | null => text(column) || null;
  const country = needed('country').toUpperCase();
  if (!isCountry(country)) refuse('line_out_of_range');
  const zipCode = postalCode(text('zip_code') ?? '') || null;
  const address = optional('address');
  return {
    chain: chainOf(text('chain_name') ?? ''),
    externalId: optional('external_id'),
    details: {
      name: needed('name'),
      // Some files repeat the postal code where they know no street.
      address: address === zipCode ? null : address,
      zipCode,
      city: needed('city'),
      country,
      ...positionOf(text('lat') ?? '', text('lng') ?? ''),
      ...given('phone', text('phone'), (value) => phoneOf(value, country)),
      ...given('email', text('email'), emailOf),
      ...given('websiteUrl', text('website_url'), addressOf),
      ...given('open24h', text('open_24h'), answerOf),
    },
  };
}

function refuse(code: LineFaultCode): never {
  throw new Unreadable(code);
}

function given<K extends string, T>(
  key: K,
  text: string | undefined,
  read: (text: string) => T,
): Partial<Record<K, T>> {
  return (text === undefined ? {} : { [key]: read(text) }) as Partial<Record<K, T>>;
}

function chainOf(name: string): ClubLine['chain'] {
  if (name === '') return null;
  return { name, slug: slugOf(name) || refuse('line_out_of_range') };
}

/** Both or neither. */
function positionOf(lat: string, lng: string): Pick<ClubDetails, 'lat' | 'lng'> {
  if (lat === '' && lng === '') return { lat: null, lng: null };
  return { lat: degrees(lat, 90), lng: degrees(lng, 180) };
}

function degrees(text: string, most: number): number {
  if (text === '') refuse('line_incomplete');
  if (!NUMBER.test(text)) refuse('line_invalid_number');
  const value = Number(text.replace(',', '.'));
  return Math.abs(value) <= most ? value : refuse('line_out_of_range');
}

function phoneOf(text: string, country: string): string | null {
  if (text === '') return null;
  const phone = parsePhoneNumberFromString(text, country as CountryCode);
  return phone?.isPossible() ? phone.number : refuse('line_invalid_number');
}

function emailOf(text: string): string | null {
  if (text === '') return null;
  return isEmailAddress(text.toLowerCase()) ? text.toLowerCase() : refuse('line_out_of_range');
}

function addressOf(text: string): string | null {
  if (text === '') return null;
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : refuse('line_out_of_range');
}

function answerOf(text: string): boolean {
  const word = text.toLowerCase();
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : refuse('line_out_of_range');
}
