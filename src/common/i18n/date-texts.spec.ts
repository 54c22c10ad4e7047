import { dayText, daysText, monthText, sessionTimeText, shortDayText, yearText } from './date-texts';

const PARIS = 'Europe/Paris';
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');
const at = new Date('2026-03-02T23:30:00Z');

describe('a date among others', () => {
  it.each([
    ['fr-FR', '3 mars', 'mars'],
    ['en-US', 'Mar 3', 'Mar'],
    ['en-GB', '3 Mar', 'Mar'],
    ['es-ES', '3 mar', 'mar'],
    ['pt-PT', '3/03', 'mar.'],
  ])('is short in %s', (locale, day, month) => {
    expect([shortDayText(at, locale, PARIS), monthText(at, locale, PARIS)]).toEqual([day, month]);
  });

  it('is that of the zone', () => {
    expect(shortDayText(at, 'fr', 'UTC')).toBe('2 mars');
    expect(yearText(new Date('2025-12-31T23:30:00Z'), 'fr', PARIS)).toBe('2026');
  });
});

describe('some days', () => {
  it.each([
    ['2026-02-03T10:00:00Z', '2026-03-02T10:00:00Z', '3 févr. – 2 mars 2026'],
    ['2025-12-28T10:00:00Z', '2026-01-04T10:00:00Z', '28 déc. 2025 – 4 janv. 2026'],
    ['2026-03-02T10:00:00Z', '2026-03-02T18:00:00Z', '2 mars 2026'],
  ])('from %s to %s say what both have in common once', (from, to, text) => {
    expect(plain(daysText(new Date(from), new Date(to), 'fr-FR', PARIS))).toBe(text);
  });
});

describe('the first day of a month', () => {
  const first = new Date('2026-03-01T10:00:00Z');

  it.each(['fr', 'fr-FR', 'fr-BE'])('is counted in %s', (locale) => {
    expect(plain(dayText(first, locale, PARIS))).toBe('dimanche 1er mars 2026');
    expect(plain(sessionTimeText(first, locale, PARIS, PARIS))).toBe('dimanche 1er mars 2026 à 11:00');
    expect(shortDayText(first, locale, PARIS)).toBe('1er mars');
    expect(plain(daysText(first, new Date('2026-04-01T10:00:00Z'), locale, PARIS))).toBe('1er mars – 1er avr. 2026');
  });

  it('is a number like others elsewhere, and so are the other days and hours of French', () => {
    expect(dayText(first, 'es-ES', PARIS)).toBe('domingo, 1 de marzo de 2026');
    expect(plain(sessionTimeText(new Date('2026-03-11T00:01:00Z'), 'fr-FR', PARIS, PARIS))).toBe(
      'mercredi 11 mars 2026 à 01:01',
    );
  });
});
