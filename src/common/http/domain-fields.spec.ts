import { getCountries } from 'libphonenumber-js';
import {
  isCountry,
  isCurrency,
  isEmailAddress,
  isHttpsUrl,
  isPhone,
  isWebUrl,
  localeTag,
  zoneName,
} from './domain-fields';

describe('the fields of standardised values', () => {
  it('know exactly the countries of ISO 3166-1', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const known = letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry);
    expect(known).toHaveLength(249);
    // The phone library knows Ascension, Tristan da Cunha and Kosovo besides, which have calling codes only.
    expect(getCountries().filter((country) => !isCountry(country))).toEqual(['AC', 'TA', 'XK']);
    expect(['FR', 'GP', 'MQ', 'GB'].every(isCountry)).toBe(true);
    expect(['fr', 'FRA', 'UK', 'EU', 'ZZ', '', 33, null].some(isCountry)).toBe(false);
  });

  it('know the currencies of ISO 4217', () => {
    expect(['EUR', 'GBP', 'CHF', 'BRL', 'JPY'].every(isCurrency)).toBe(true);
    expect(['eur', 'EURO', 'XYZ', '€', '', null].some(isCurrency)).toBe(false);
  });

  it.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['europe/paris', 'Europe/Paris'],
    ['UTC', 'UTC'],
    // An alias stays what it was called: its owner knows it by that name.
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ])('read the zone %s as %s', (written, read) => {
    expect(zoneName(written)).toBe(read);
  });

  it.each(['+01:00', '-0300', 'GMT+1', 'Paris', 'Mars/Olympus', '', ' Europe/Paris', 'x'.repeat(65)])(
    'refuse the zone "%s"',
    (written) => {
      expect(zoneName(written)).toBeNull();
    },
  );

  it.each([
    ['fr-FR', 'fr-FR'],
    ['fr-fr', 'fr-FR'],
    ['fr', 'fr'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['fil', 'fil'],
  ])('read the locale %s as %s', (written, read) => {
    expect(localeTag(written)).toBe(read);
  });

  it.each(['fr_FR', 'french', 'xx-YY', 'und', '', 'fr-', 'x'.repeat(36)])('refuse the locale "%s"', (written) => {
    expect(localeTag(written)).toBeNull();
  });

  it('take phones in E.164 only, of a length that their country has', () => {
    expect(['+33612345678', '+12025550123', '+442071838750', '+5511987654321'].every(isPhone)).toBe(true);
    expect(
      ['0612345678', '33612345678', '+33 6 12 34 56 78', '+33123', '+336123456789', '+999123456789', '', 336].some(
        isPhone,
      ),
    ).toBe(false);
  });

  it('take addresses that mail could reach', () => {
    expect(['a@b.co', 'camille+gym@example.com', 'zoé@exemple.fr'].every(isEmailAddress)).toBe(true);
    expect(
      ['a', 'a@b', '@b.co', 'a b@c.de', 'a@b..co', `${'x'.repeat(250)}@b.co`, 'a@b\ud800.co', null].some(
        isEmailAddress,
      ),
    ).toBe(false);
  });

  it.each([
    'https://example.com',
    'https://exemple.fr/diplôme.pdf?page=1#2',
    'HTTPS://EXAMPLE.COM/x',
    'https://sub.example.com:8443/a/b',
  ])('take the https address %s', (url) => {
    expect(isHttpsUrl(url)).toBe(true);
    expect(isWebUrl(url)).toBe(true);
  });

  it('take an http address where any of the web will do', () => {
    expect(['http://example.com', 'HTTP://club.example/a?b=c#d'].every(isWebUrl)).toBe(true);
    const refused = ['http://me@example.com', 'http://localhost', 'http:example.com', 'ftp://example.com', '', 7];
    expect(refused.some(isWebUrl)).toBe(false);
  });

  it.each([
    'http://example.com',
    'https:example.com',
    'https://',
    'https://example',
    'https://exa mple.com',
    'https://example.com/\n',
    'https://example.com\\@evil.com',
    'https://me@example.com',
    'https://me:secret@example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    '//example.com',
    'example.com',
    '',
    7,
  ])('refuse the address %p', (url) => {
    expect(isHttpsUrl(url)).toBe(false);
  });
});
