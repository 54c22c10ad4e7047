import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from 'src/common/i18n/languages';

const ROOT = join(__dirname, '../../i18n');

interface Texts {
  [key: string]: string | Texts;
}

/** `types.booking_sent.title` → text. */
function flat(texts: Texts, path: string[] = []): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value] as [string, string]] : flat(value, [...path, key]),
  );
}

function filesOf(language: Language): string[] {
  return readdirSync(join(ROOT, language)).sort();
}

function textsOf(language: Language, file: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(join(ROOT, language, file), 'utf8')) as Texts));
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();
}

const FILES = filesOf('en');
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

describe('the texts of the product', () => {
  it('exist for the same modules in every language', () => {
    expect(FILES).not.toHaveLength(0);
    for (const language of OTHERS) expect({ language, files: filesOf(language) }).toEqual({ language, files: FILES });
  });

  it.each(FILES)('of %s have the same keys and placeholders in every language', (file) => {
    const english = textsOf('en', file);
    for (const language of OTHERS) {
      const texts = textsOf(language, file);
      expect({ language, keys: [...texts.keys()].sort() }).toEqual({ language, keys: [...english.keys()].sort() });
      for (const [key, text] of english)
        expect({ language, key, placeholders: placeholdersOf(texts.get(key) ?? '') }).toEqual({
          language,
          key,
          placeholders: placeholdersOf(text),
        });
    }
  });

  it.each(FILES)('of %s are never empty', (file) => {
    for (const language of LANGUAGES)
      for (const [key, text] of textsOf(language, file))
        expect({ language, key, said: text.trim() !== '' }).toEqual({
          language,
          key,
          said: true,
        });
  });

  it('word every code in one module only', () => {
    const owners = new Map<string, string[]>();
    for (const file of FILES)
      for (const key of textsOf('en', file).keys())
        if (key.startsWith('codes.')) owners.set(key, [...(owners.get(key) ?? []), file]);
    expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
  });
});
