import type { Language } from 'src/common/i18n/languages';
import type { WeightUnit } from 'src/common/i18n/weight-texts';
import type { Palette } from './theme';

/** Who looks at a chart, and how. */
export interface ChartReader {
  language: Language;
  /** Of that language; how numbers and dates are written. */
  locale: string;
  timezone: string;
  /** What he reads weights in. */
  unit: WeightUnit;
  palette: Palette;
  /** Pixels. */
  width: number;
}

/** Puts a text of a chart into the words of its reader. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;
