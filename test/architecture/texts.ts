import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from 'src/common/i18n/languages';
import { filesUnder } from './sources';

/** Language -> `<module>.<path of the key>` -> text. */
export type Texts = Map<string, Map<string, string>>;

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(path, value);
  else for (const [key, inner] of Object.entries(value as object)) flatten(inner, `${path}.${key}`, into);
}

export function readTexts(folder: string): Texts {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((language) => {
        const texts = new Map<string, string>();
        for (const file of filesUnder(join(folder, language), /\.json$/))
          flatten(JSON.parse(readFileSync(join(folder, language, file), 'utf8')), file.replace(/\.json$/, ''), texts);
        return [language, texts] as const;
      }),
  );
}

const placeholders = (text: string): string => (text.match(/\{[^}]*\}/g) ?? []).sort().join(' ');

/** What one language has and another has not: files, keys, placeholders, or any text at all. */
export function disagreements(texts: Texts): string[] {
  const faults: string[] = [];
  if ([...texts.keys()].sort().join() !== [...LANGUAGES].sort().join())
    faults.push(`languages: ${[...texts.keys()].join(', ')}`);
  const keys = new Set([...texts.values()].flatMap((language) => [...language.keys()]));
  for (const key of keys) {
    const expected = placeholders(texts.get('en')?.get(key) ?? '');
    for (const [language, known] of texts) {
      const text = known.get(key);
      if (text === undefined) faults.push(`${language}: ${key} is missing`);
      else if (text.trim() === '') faults.push(`${language}: ${key} is empty`);
      else if (placeholders(text) !== expected) faults.push(`${language}: ${key} has other placeholders than en`);
    }
  }
  return faults.sort();
}

/** Code -> the modules that have a text for it. */
export function textsOfCodes(texts: Texts): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const key of texts.get('en')?.keys() ?? []) {
    const [module = '', section, code, ...deeper] = key.split('.');
    if (section === 'codes' && code && deeper.length === 0) codes.set(code, [...(codes.get(code) ?? []), module]);
  }
  return codes;
}
