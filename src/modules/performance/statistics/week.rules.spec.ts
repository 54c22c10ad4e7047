import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Period } from 'src/common/clock/local-days';
import { currentMonday, monthFrom, streakOf, weekFrom, weeksUntil } from './week.rules';

const spelled = ({ from, to }: Period): string[] => [from.toISOString(), to.toISOString()];
const hours = ({ from, to }: Period): number => (to.getTime() - from.getTime()) / 3_600_000;
const ZONES = ['Europe/Paris', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC'];

describe('a week', () => {
  it.each([
    ['2026-03-02', 'Europe/Paris', '2026-03-01T23:00:00.000Z', '2026-03-08T23:00:00.000Z', 168],
    // Clocks go forward, and back.
    ['2026-03-23', 'Europe/Paris', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z', 167],
    ['2026-10-19', 'Europe/Paris', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z', 169],
    // Clocks change at midnight there: the Sunday begins at 01:00.
    ['2026-08-31', 'America/Santiago', '2026-08-31T04:00:00.000Z', '2026-09-07T03:00:00.000Z', 167],
  ])('from %s in %s', (monday, zone, from, to, length) => {
    const week = weekFrom(monday, zone);
    expect(spelled(week)).toEqual([from, to]);
    expect(hours(week)).toBe(length);
  });

  it('is the one that the zone lives in', () => {
    expect(currentMonday(new Date('2026-03-01T22:59:59.999Z'), 'Europe/Paris')).toBe('2026-02-23');
    expect(currentMonday(new Date('2026-03-01T23:00:00Z'), 'Europe/Paris')).toBe('2026-03-02');
    expect(currentMonday(new Date('2026-03-01T23:00:00Z'), 'America/New_York')).toBe('2026-02-23');
  });

  it('belongs to the month in which it begins', () => {
    expect(spelled(monthFrom('2026-03-30', 'Europe/Paris'))).toEqual([
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ]);
  });

  it('follows the one before without a gap, the running one last', () => {
    for (const zone of ZONES) {
      const now = new Date('2026-11-04T12:00:00Z');
      const weeks = weeksUntil(now, zone, 52);
      expect(weeks).toHaveLength(52);
      expect(weeks.at(-1)?.from.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(weeks.at(-1)?.to.getTime()).toBeGreaterThan(now.getTime());
      for (const [at, { from }] of weeks.slice(1).entries()) expect(from).toEqual(weeks[at]?.to);
    }
  });
});

describe('a streak', () => {
  const PARIS = 'Europe/Paris';
  const now = new Date('2026-03-04T09:00:00Z');
  const streak = (sessions: string[], zone = PARIS): number =>
    streakOf(
      sessions.map((at) => new Date(at)),
      now,
      zone,
    );

  it.each([
    ['nothing', [], 0],
    ['today', ['2026-03-04T07:00:00Z'], 1],
    ['yesterday, while today may still come', ['2026-03-03T07:00:00Z'], 1],
    ['the day before yesterday', ['2026-03-02T07:00:00Z'], 0],
    ['several on a day', ['2026-03-04T06:00:00Z', '2026-03-04T08:00:00Z', '2026-03-03T08:00:00Z'], 2],
    ['a free day between', ['2026-03-04T07:00:00Z', '2026-03-02T07:00:00Z', '2026-03-01T07:00:00Z'], 1],
    ['this very moment', ['2026-03-04T09:00:00Z'], 1],
    ['later today alone', ['2026-03-04T09:00:01Z'], 0],
    ['later today and yesterday', ['2026-03-04T09:00:01Z', '2026-03-03T07:00:00Z'], 1],
    ['tomorrow alone', ['2026-03-05T07:00:00Z'], 0],
    ['tomorrow and yesterday', ['2026-03-05T07:00:00Z', '2026-03-03T07:00:00Z'], 1],
  ])('counts days in a row up to today: %s', (_, sessions, length) => {
    expect(streak(sessions)).toBe(length);
  });

  it('goes by the days of the zone', () => {
    // In Paris the 3rd and the 4th, in New York both on the 3rd, in Auckland both on the 4th.
    const sessions = ['2026-03-03T22:30:00Z', '2026-03-03T23:30:00Z'];
    expect([PARIS, 'America/New_York', 'Pacific/Auckland'].map((zone) => streak(sessions, zone))).toEqual([2, 1, 1]);
  });

  it('runs over changes of clocks', () => {
    const after = new Date('2026-03-31T09:00:00Z');
    const sessions = [27, 28, 29, 30, 31].map((day) => new Date(`2026-03-${String(day)}T05:00:00Z`));
    expect(streakOf(sessions, after, PARIS)).toBe(5);
  });

  it('is as long as the days that were trained, whatever the zone and the hours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.array(fc.tuple(fc.nat(1_439), fc.integer({ min: 1, max: 3 })), { maxLength: 30 }),
        fc.boolean(),
        (zone, days, isTodayFree) => {
          const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
          const sessions = days.flatMap(([minute, times], back) => {
            const day = today.subtract({ days: back + (isTodayFree ? 1 : 0) }).toZonedDateTime(zone);
            const at = day.add({ minutes: Math.min(minute, 1_370) });
            return Array.from(
              { length: times },
              (_, more) => new Date(Math.min(at.epochMilliseconds + more * 60_000, now.getTime())),
            );
          });
          expect(streakOf(sessions, now, zone)).toBe(days.length);
        },
      ),
    );
  });
});
