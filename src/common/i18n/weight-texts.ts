import { numberFormat } from './intl-formats';

/** What people read and write weights in; they are kept, and sent, in kilograms. */
export const WEIGHT_UNITS = ['kg', 'lb'] as const;
export type WeightUnit = (typeof WEIGHT_UNITS)[number];

const KG_PER_LB = 0.45359237;

/** A weight in the unit that its reader thinks in; not rounded. */
export function weightIn(unit: WeightUnit, weightKg: number): number {
  return unit === 'lb' ? weightKg / KG_PER_LB : weightKg;
}

/** Kilograms of a weight that was thought in a unit; not rounded. */
export function kilogramsOf(unit: WeightUnit, weight: number): number {
  return unit === 'lb' ? weight * KG_PER_LB : weight;
}

/** To the hundredth of a kilogram: so weights are kept and reckoned. */
export function roundedKg(kilograms: number): number {
  return Math.round(kilograms * 100) / 100;
}

/** A weight as people write it: `82,5 kg`, `181.9 lb`; pounds to one decimal (rules §19). */
export function weightText(weightKg: number, unit: WeightUnit, locale: string): string {
  const [name, maximumFractionDigits] = unit === 'lb' ? (['pound', 1] as const) : (['kilogram', 2] as const);
  return numberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits }).format(weightIn(unit, weightKg));
}
