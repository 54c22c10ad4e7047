import { type CalendarTick, calendarTicks } from './calendar-ticks';

const atMost =
  (most: number) =>
  (ticks: readonly CalendarTick[]): boolean =>
    ticks.length <= most;
const ticksBetween = (from: string, to: string, most: number, zone = 'Europe/Paris'): string[] =>
  calendarTicks(new Date(from), new Date(to), zone, atMost(most)).map(
    ({ at, grain }) => `${grain} ${at.toISOString()}`,
  );

describe('round dates of an axis', () => {
  it('are days while there is room for them', () => {
    expect(ticksBetween('2026-03-02T10:00:00Z', '2026-03-05T10:00:00Z', 4)).toEqual([
      'day 2026-03-02T23:00:00.000Z',
      'day 2026-03-03T23:00:00.000Z',
      'day 2026-03-04T23:00:00.000Z',
    ]);
  });

  it('are Mondays over some weeks, at midnight on both sides of a change of clocks', () => {
    expect(ticksBetween('2026-03-18T10:00:00Z', '2026-04-07T10:00:00Z', 4)).toEqual([
      'day 2026-03-22T23:00:00.000Z',
      'day 2026-03-29T22:00:00.000Z',
      'day 2026-04-05T22:00:00.000Z',
    ]);
  });

  it('are months, and at the turn of the year the year', () => {
    expect(ticksBetween('2025-11-15T10:00:00Z', '2026-03-15T10:00:00Z', 4, 'UTC')).toEqual([
      'month 2025-12-01T00:00:00.000Z',
      'year 2026-01-01T00:00:00.000Z',
      'month 2026-02-01T00:00:00.000Z',
      'month 2026-03-01T00:00:00.000Z',
    ]);
  });

  it('are quarters, then years, then round years', () => {
    expect(ticksBetween('2025-02-01T10:00:00Z', '2026-02-01T00:00:00Z', 4, 'UTC')).toEqual([
      'month 2025-04-01T00:00:00.000Z',
      'month 2025-07-01T00:00:00.000Z',
      'month 2025-10-01T00:00:00.000Z',
      'year 2026-01-01T00:00:00.000Z',
    ]);
    expect(ticksBetween('2019-06-01T00:00:00Z', '2026-06-01T00:00:00Z', 3, 'UTC')).toEqual([
      'year 2020-01-01T00:00:00.000Z',
      'year 2025-01-01T00:00:00.000Z',
    ]);
  });

  it('are none where not even one fits', () => {
    expect(ticksBetween('2026-03-02T10:00:00Z', '2026-03-05T10:00:00Z', -1)).toEqual([]);
  });
});
