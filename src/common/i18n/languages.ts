/** The languages that every text exists in. */
export const LANGUAGES = ['en', 'fr', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where nobody says anything: most coaches are French. */
const SILENT: Language = 'fr';
const FALLBACK: Language = 'en';

function spoken(tag: string): Language | null {
  const primary = tag.trim().toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? null;
}

/** The language of a BCP 47 tag; a tag that we have no texts for is answered in English. */
export function languageOf(locale: string): Language {
  return spoken(locale) ?? FALLBACK;
}

/** How to write numbers and dates in a language: as somebody's own locale does when it is of that language. */
export function localeIn(language: Language, ownLocale: string): string {
  return spoken(ownLocale) === language ? ownLocale : language;
}

function wishes(header: string): string[] {
  return header
    .split(',')
    .map((part, place) => {
      const [tag = '', ...parameters] = part.split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality), place };
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((left, right) => right.quality - left.quality || left.place - right.place)
    .map(({ tag }) => tag);
}

/** `Accept-Language` decides, without it the user's locale, then French (contract §1.1). */
export function negotiateLanguage(header: string | undefined, userLocale?: string): Language {
  // A header longer than any browser sends is not worth sorting.
  const wished = header && header.length <= 500 ? wishes(header) : [];
  for (const tag of wished) {
    const language = spoken(tag);
    if (language) return language;
  }
  if (userLocale) return languageOf(userLocale);
  return wished.length > 0 ? FALLBACK : SILENT;
}

/** The first tag a person asked for, as their locale, or null. */
export function preferredLocale(header: string | undefined): string | null {
  const [first] = header && header.length <= 500 ? wishes(header) : [];
  if (!first) return null;
  try {
    return new Intl.Locale(first).toString();
  } catch {
    return null;
  }
}
