import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from 'src/common/i18n/languages';
import { CATALOGUE, dataOf, kindOf, type NotificationType } from './catalogue';

type TypeTexts = Record<string, string>;

const TYPES = Object.keys(CATALOGUE) as NotificationType[];

function textsOf(language: Language): Record<string, TypeTexts> {
  const path = join(__dirname, '../../../i18n', language, 'notification.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { types: Record<string, TypeTexts> }).types;
}

const TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, textsOf(language)]));

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

describe('the catalogue of notifications', () => {
  it.each(TYPES)('has every text of %s in every language, and none beyond', (type) => {
    const parts = ['title', 'body', ...kindOf(type).variants.map((variant) => `body_${variant}`)].sort();
    for (const language of LANGUAGES)
      expect({ language, parts: Object.keys(TEXTS[language]?.[type] ?? {}).sort() }).toEqual({ language, parts });
  });

  it('words no type that it does not know', () => {
    for (const language of LANGUAGES) expect(Object.keys(TEXTS[language] ?? {}).sort()).toEqual([...TYPES].sort());
  });

  it.each(TYPES)('fills the same placeholders of %s in every language, all of them from its values', (type) => {
    for (const [part, english] of Object.entries(TEXTS['en']?.[type] ?? {})) {
      const expected = placeholdersOf(english);
      for (const language of LANGUAGES) expect(placeholdersOf(TEXTS[language]?.[type]?.[part] ?? '')).toEqual(expected);
      for (const name of expected) expect(kindOf(type).values).toContain(name);
    }
  });

  it.each(TYPES)('leads from %s to a place that its data names', (type) => {
    const { data, deepLink } = kindOf(type);
    expect(deepLink).toMatch(/^mycoach:\/\/[a-z]/);
    for (const key of placeholdersOf(deepLink)) expect(data).toContain(key);
  });

  it('puts the type and the deep link beside the data', () => {
    expect(dataOf('booking_confirmed', { booking_id: 'b-1', coach_id: 'c-1' })).toEqual({
      type: 'booking_confirmed',
      deep_link: 'mycoach://bookings/b-1',
      booking_id: 'b-1',
      coach_id: 'c-1',
    });
  });

  it('mails what the rules mark, and pushes all but the change of a password', () => {
    expect(TYPES.filter((type) => kindOf(type).mail).sort()).toEqual([
      'api_key_created',
      'booking_cancelled_by_coach',
      'booking_confirmed',
      'booking_requested',
      'booking_rescheduled',
      'discovery_accepted',
      'discovery_requested',
      'package_expiring',
      'password_changed',
      'payment_late',
      'waitlist_available',
    ]);
    expect(TYPES.filter((type) => !kindOf(type).push)).toEqual(['password_changed']);
    expect(TYPES.filter((type) => kindOf(type).security).sort()).toEqual(['api_key_created', 'password_changed']);
  });

  it('lets sleep who need not know at once', () => {
    expect(TYPES.filter((type) => kindOf(type).quiet).sort()).toEqual([
      'package_expiring',
      'payment_late',
      'reminder_day_before',
    ]);
  });

  it.each(TYPES.filter((type) => kindOf(type).standing))('asks about a thing that the data of %s names', (type) => {
    const { data, standing } = kindOf(type);
    expect(data).toContain(standing?.id);
    expect(standing?.states).not.toHaveLength(0);
  });

  it('has words for one and for many of what is counted', () => {
    for (const language of LANGUAGES) {
      const path = join(__dirname, '../../../i18n', language, 'notification.json');
      const { counts } = JSON.parse(readFileSync(path, 'utf8')) as { counts: Record<string, object> };
      expect(Object.keys(counts)).toEqual(['sessions']);
      for (const words of Object.values(counts)) expect(Object.keys(words)).toEqual(['one', 'other']);
    }
  });
});
