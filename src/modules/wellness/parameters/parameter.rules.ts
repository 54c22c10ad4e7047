import { type Language, LANGUAGES } from 'src/common/i18n/languages';
import { isRecord } from 'src/common/json/record';

/** Longest label, in characters. */
export const LONGEST_LABEL = 100;

export type LabelFault = 'invalid_type' | 'required' | 'invalid_locale' | 'too_long' | 'invalid_format';

/**
 * The label of a parameter: at least one text, each in one of the languages that the product has. Null when it is one.
 */
export function faultOfLabel(value: unknown): LabelFault | null {
  if (!isRecord(value)) return 'invalid_type';
  const entries = Object.entries(value);
  if (entries.length === 0) return 'required';
  if (entries.some(([locale]) => !LANGUAGES.some((language) => language === locale))) return 'invalid_locale';
  const texts = entries.map(([, text]) => text);
  if (!texts.every((text) => typeof text === 'string')) return 'invalid_type';
  if (texts.some((text) => text.trim() === '')) return 'required';
  if (texts.some((text) => [...text.trim()].length > LONGEST_LABEL)) return 'too_long';
  return texts.every((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)) ? null : 'invalid_format';
}

/** The label without the spaces around its texts, in the order of the languages. */
export function trimmedLabel(label: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const text = label[language];
      return text === undefined ? [] : [[language, text.trim()]];
    }),
  );
}

/** The label in a language, else in the first of the others that it has. */
export function labelIn(language: Language, label: Readonly<Record<string, string>>): string | null {
  const spoken = [language, ...LANGUAGES].find((each) => label[each] !== undefined);
  return spoken === undefined ? null : (label[spoken] ?? null);
}
