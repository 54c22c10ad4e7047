import { namesSession, worded } from './wording.rules';

const TEXT = 'Bonjour {prénom}, {coach} : {date}, {heure}.';
const SESSION = new Date('2026-03-03T09:00:00Z');
const WRITER = { firstName: 'Inès', timezone: 'Europe/Paris' };
const words = (locale: string, session: Date | null = SESSION, firstName = 'Zoé'): string =>
  worded(TEXT, { firstName, locale }, WRITER, session);

describe('the words of a message', () => {
  it.each([
    ['fr-FR', 'Bonjour Zoé, Inès : mardi 3 mars 2026, 10:00.'],
    ['es-ES', 'Bonjour Zoé, Inès : martes, 3 de marzo de 2026, 10:00.'],
    ['pt-BR', 'Bonjour Zoé, Inès : terça-feira, 3 de março de 2026, 10:00.'],
    ['de-DE', 'Bonjour Zoé, Inès : Dienstag, 3. März 2026, 10:00.'],
  ])('have day and time as somebody of %s writes them, by the clock of the coach', (locale, expected) => {
    expect(words(locale)).toBe(expected);
  });

  it('have spaces that every phone knows', () => {
    expect(words('en-US')).toBe('Bonjour Zoé, Inès : Tuesday, March 3, 2026, 10:00 AM.');
  });

  it('are by the hours of that day, before and after the clocks change', () => {
    const at = (instant: string): string =>
      worded('{date} {heure}', { firstName: '', locale: 'fr' }, WRITER, new Date(instant));
    expect(at('2026-03-28T23:30:00Z')).toBe('dimanche 29 mars 2026 00:30');
    expect(at('2026-03-29T00:59:00Z')).toBe('dimanche 29 mars 2026 01:59');
    expect(at('2026-03-29T01:00:00Z')).toBe('dimanche 29 mars 2026 03:00');
    expect(at('2026-03-29T22:00:00Z')).toBe('lundi 30 mars 2026 00:00');
  });

  it('leave day and time out where there is no session', () => {
    expect(words('fr', null)).toBe('Bonjour Zoé, Inès : , .');
  });

  it('speak of a session where they name its day or its time', () => {
    expect(['{date}', 'à {heure}', '{prénom}, {coach}', 'demain'].map(namesSession)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('keep a name with braces as it is', () => {
    expect(words('fr', SESSION, '{coach}')).toBe('Bonjour {coach}, Inès : mardi 3 mars 2026, 10:00.');
  });
});
