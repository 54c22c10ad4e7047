import { localMoment } from './import-date.format';

const at = (written: string, zone = 'Europe/Paris'): string | null =>
  localMoment(written, zone)?.at.toISOString() ?? null;

describe('the start of a session in a file', () => {
  it.each([
    ['2026-03-02 18:30:05', '2026-03-02T17:30:05.000Z'],
    ['2026-03-02T18:30', '2026-03-02T17:30:00.000Z'],
    ['2026-03-02 18:30:05.123456', '2026-03-02T17:30:05.000Z'],
    ['2026-03-02 6:30:05\u202fPM', '2026-03-02T17:30:05.000Z'],
    ['2026-03-02 12:05:00 am', '2026-03-01T23:05:00.000Z'],
    ['2026-03-02 12:05:00 p. m.', '2026-03-02T11:05:00.000Z'],
    ['2 Mar 2026, 18:30', '2026-03-02T17:30:00.000Z'],
    ['02 March 2026 18:30', '2026-03-02T17:30:00.000Z'],
    ['2 août 2026, 18:30', '2026-08-02T16:30:00.000Z'],
    ['2 févr. 2026, 18:30', '2026-02-02T17:30:00.000Z'],
    ['2 juil. 2026, 18:30', '2026-07-02T16:30:00.000Z'],
    ['2 juin 2026, 18:30', '2026-06-02T16:30:00.000Z'],
    ['2 ene 2026, 18:30', '2026-01-02T17:30:00.000Z'],
    ['2 de dez. de 2026, 18:30', '2026-12-02T17:30:00.000Z'],
    ['2. März 2026, 18:30', '2026-03-02T17:30:00.000Z'],
    ['Mar 2, 2026, 6:30 PM', '2026-03-02T17:30:00.000Z'],
    ['02.03.2026, 18:30', '2026-03-02T17:30:00.000Z'],
  ])('is read: %s', (written, instant) => {
    expect(at(written)).toBe(instant);
  });

  it.each([
    ['a day that there is not', '2026-02-30 18:30:00'],
    ['an hour that there is not', '2026-03-02 24:30:00'],
    ['a thirteenth hour before noon', '2026-03-02 13:30:00 am'],
    ['a month that nobody knows', '2 Xyz 2026, 18:30'],
    ['a date of which nobody knows the month', '02/03/2026 18:30'],
    ['a year too early', '1899-03-02 18:30:00'],
    ['a year too late', '2200-01-01 00:00:00'],
    ['the year zero', '0000-01-01 00:00:00'],
    ['a day without a time', '2026-03-02'],
    ['something else', 'yesterday'],
    ['fifty thousand letters', 'a'.repeat(50_000)],
    ['fifty thousand spaces', `2${' '.repeat(50_000)}Mar`],
  ])('is not read from %s', (_, written) => {
    expect(at(written)).toBeNull();
  });

  it('is that of its zone, whatever its clocks do', () => {
    expect(at('2026-03-29 02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-03-02 18:30:00', 'America/New_York')).toBe('2026-03-02T23:30:00.000Z');
  });

  it('is the same text however it was written', () => {
    const texts = ['2026-03-02 18:30:00', '2 Mar 2026, 18:30', 'Mar 2, 2026, 6:30 PM'].map(
      (written) => localMoment(written, 'UTC')?.text,
    );
    expect(new Set(texts)).toEqual(new Set(['2026-03-02T18:30:00']));
  });
});
