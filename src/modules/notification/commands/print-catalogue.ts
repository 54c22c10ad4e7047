import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from 'src/common/i18n/languages';
import { CATALOGUE } from 'src/modules/notification/catalogue';
import { cataloguePage, type TypeTexts } from 'src/modules/notification/catalogue-page.template';

function textsOf(language: Language): TypeTexts {
  const path = join(__dirname, '../../../../i18n', language, 'notification.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { types: TypeTexts }).types;
}

/** Prints `docs/notifications.md`. */
const texts = Object.fromEntries(LANGUAGES.map((language) => [language, textsOf(language)])) as Record<
  Language,
  TypeTexts
>;
process.stdout.write(cataloguePage(CATALOGUE, texts));
