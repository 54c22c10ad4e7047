import { localeTag } from 'src/common/http/domain-fields';
import { preferredLocale } from 'src/common/i18n/languages';
import { DEFAULT_LOCALE } from './account.rules';

/** The locale (BCP 47) of a new account whose owner names none: what the `Accept-Language` of the request prefers. */
export function localeOf(acceptLanguage: string | undefined): string {
  return localeTag(preferredLocale(acceptLanguage) ?? '') ?? DEFAULT_LOCALE;
}
