import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from 'src/common/i18n/languages';
import type { TypeTexts } from 'src/modules/notification/catalogue-page.template';

/** The texts of the types in one language, as they stand in its file. */
export function typeTextsIn(language: Language): TypeTexts {
  const path = join(__dirname, '../../../../i18n', language, 'notification.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { types: TypeTexts }).types;
}

export function allTypeTexts(): Record<Language, TypeTexts> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, typeTextsIn(language)])) as Record<
    Language,
    TypeTexts
  >;
}
