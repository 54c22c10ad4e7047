import { Injectable, type OnModuleInit } from '@nestjs/common';
import { I18nService } from 'nestjs-i18n';
import { namesDeletedPerson, withDeletedPersons } from './deleted-person';
import { LANGUAGES, type Language } from './languages';

export type TextArguments = Readonly<Record<string, string | number>>;

interface Texts {
  [key: string]: string | Texts;
}

/** Texts by key (`booking.errors.slot_unavailable`) and language, from `i18n/<language>/<module>.json`. */
@Injectable()
export class Translator implements OnModuleInit {
  private readonly codes = new Map<string, string>();

  constructor(private readonly i18n: I18nService) {}

  onModuleInit(): void {
    const english = this.i18n.getTranslations()['en'] as Texts;
    for (const [module, sections] of Object.entries(english))
      for (const code of Object.keys((typeof sections === 'object' && sections['codes']) || {}))
        this.codes.set(code, `${module}.codes.${code}`);
  }

  text(language: Language, key: string, values: TextArguments = {}): string {
    const template = this.i18n.t(key, { lang: language });
    // One pass: braces inside a value (a name, a message) stay text.
    const filled = String(template).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
    return this.shown(language, filled);
  }

  /** The same text, with people who are deleted called so in the reader's language. Whatever leaves passes here. */
  shown(language: Language, text: string): string {
    if (!namesDeletedPerson(text)) return text;
    const word = (key: string): string => this.i18n.t(`common.deleted_person.${key}`, { lang: language });
    return withDeletedPersons(text, { firstName: word('first_name'), lastName: word('last_name') });
  }

  /** The text of an error, field or acknowledgement code. */
  code(language: Language, code: string, values?: TextArguments): string {
    return this.text(language, this.codes.get(code) ?? 'common.codes.server_error', values);
  }

  has(key: string): boolean {
    return LANGUAGES.every((language) => this.i18n.t(key, { lang: language }) !== key);
  }
}
