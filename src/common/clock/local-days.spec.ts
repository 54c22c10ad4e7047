import { localDate } from './local-days';

const at = (instant: string): Date => new Date(instant);

describe('the date of an instant', () => {
  it('is that of the zone', () => {
    expect(localDate(at('2026-03-10T22:59:59Z'), 'Europe/Paris')).toBe('2026-03-10');
    expect(localDate(at('2026-03-10T23:00:00Z'), 'Europe/Paris')).toBe('2026-03-11');
    expect(localDate(at('2026-03-10T12:00:00Z'), 'Pacific/Auckland')).toBe('2026-03-11');
    expect(localDate(at('2026-03-01T23:30:00Z'), 'America/New_York')).toBe('2026-03-01');
  });
});
