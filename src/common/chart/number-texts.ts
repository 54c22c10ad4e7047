import { numberFormat } from 'src/common/i18n/intl-formats';

const PLAIN: Intl.NumberFormatOptions = { maximumFractionDigits: 2 };
const SHORT: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 2 };
/** From here on an axis counts in thousands. */
const LONG = 10_000;

/** A number as people write it: `102,5`. */
export function numberText(value: number, locale: string): string {
  return numberFormat(locale, PLAIN).format(value);
}

/** How the numbers of an axis are written, all of them alike: `7 500`, or `7,5 k` where the highest are long. */
export function axisText(highest: number, locale: string): (value: number) => string {
  const format = numberFormat(locale, highest < LONG ? PLAIN : SHORT);
  return (value) => format.format(value);
}
