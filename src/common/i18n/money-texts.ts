import { numberFormat } from './intl-formats';

/** A sum as people write it: `45,00 €`. @param minorUnits cents, or whole units of a currency that has none */
export function moneyText(minorUnits: number, currency: string, locale: string): string {
  const format = numberFormat(locale, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(minorUnits / 10 ** maximumFractionDigits);
}
