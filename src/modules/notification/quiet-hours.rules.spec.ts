import { quietUntil } from './quiet-hours.rules';

const until = (at: string, timezone = 'Europe/Paris'): string | undefined =>
  quietUntil(new Date(at), timezone)?.toISOString();

describe('the quiet hours', () => {
  it('begin at 22:00 and end at 07:00, to the millisecond', () => {
    expect(until('2026-03-02T20:59:59.999Z')).toBeUndefined();
    expect(until('2026-03-02T21:00:00.000Z')).toBe('2026-03-03T06:00:00.000Z');
    expect(until('2026-03-03T05:59:59.999Z')).toBe('2026-03-03T06:00:00.000Z');
    expect(until('2026-03-03T06:00:00.000Z')).toBeUndefined();
  });

  it('are those of the reader’s zone', () => {
    expect(until('2026-03-02T12:00:00Z', 'Asia/Tokyo')).toBeUndefined();
    expect(until('2026-03-02T13:00:00Z', 'Asia/Tokyo')).toBe('2026-03-02T22:00:00.000Z');
    expect(until('2026-03-02T16:15:00Z', 'Asia/Kathmandu')).toBe('2026-03-03T01:15:00.000Z');
  });

  it('last an hour less or more in the nights when the clocks change', () => {
    // Paris, 29 March and 25 October 2026.
    expect(until('2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(until('2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
    expect(until('2026-10-25T00:30:00Z')).toBe('2026-10-25T06:00:00.000Z');
    expect(until('2026-10-25T01:30:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('cross the turn of the year', () => {
    expect(until('2026-12-31T22:30:00Z')).toBe('2027-01-01T06:00:00.000Z');
  });
});
