const KG_PER_LB = 0.45359237;

/** A weight in the unit that its reader thinks in; not rounded. */
export function weightIn(unit: 'kg' | 'lb', weightKg: number): number {
  return unit === 'lb' ? weightKg / KG_PER_LB : weightKg;
}

/** A weight as people write it: `82,5 kg`, `181.9 lb`; pounds to one decimal (rules §19). */
export function weightText(weightKg: number, unit: 'kg' | 'lb', locale: string): string {
  const [name, maximumFractionDigits] = unit === 'lb' ? (['pound', 1] as const) : (['kilogram', 2] as const);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits });
  return format.format(weightIn(unit, weightKg));
}
