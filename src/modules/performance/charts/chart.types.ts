import type { Palette } from 'src/common/chart/theme';
import type { Language } from 'src/common/i18n/languages';
import type { WeightUnit } from 'src/modules/client/profile/profile.types';

/** Who looks at a chart, and how. */
export interface ChartReader {
  language: Language;
  /** Of that language; how numbers and dates are written. */
  locale: string;
  timezone: string;
  unit: WeightUnit;
  palette: Palette;
  /** Pixels. */
  width: number;
}

/** Puts a text of the charts into the words of the reader. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;
