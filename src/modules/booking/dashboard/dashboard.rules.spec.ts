import type { Period } from 'src/common/clock/local-days';
import { hoursOf, monthAround, weekAround } from './dashboard.rules';

const spelled = ({ from, to }: Period): string[] => [from.toISOString(), to.toISOString()];

describe('the week around an instant', () => {
  it.each([
    // A Monday at midnight in Paris, and the last millisecond of the Sunday before.
    ['2026-03-01T23:00:00.000Z', 'Europe/Paris', '2026-03-01T23:00:00.000Z', '2026-03-08T23:00:00.000Z'],
    ['2026-03-01T22:59:59.999Z', 'Europe/Paris', '2026-02-22T23:00:00.000Z', '2026-03-01T23:00:00.000Z'],
    // Clocks go forward within the week: it has an hour less.
    ['2026-03-25T12:00:00.000Z', 'Europe/Paris', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-03-02T12:00:00.000Z', 'Australia/Sydney', '2026-03-01T13:00:00.000Z', '2026-03-08T13:00:00.000Z'],
    ['2026-03-02T02:00:00.000Z', 'America/New_York', '2026-02-23T05:00:00.000Z', '2026-03-02T05:00:00.000Z'],
    // Clocks change at midnight there: this Sunday begins at 01:00.
    ['2026-09-09T12:00:00.000Z', 'America/Santiago', '2026-09-07T03:00:00.000Z', '2026-09-14T03:00:00.000Z'],
  ])('%s in %s is from %s to %s', (now, zone, from, to) => {
    expect(spelled(weekAround(new Date(now), zone))).toEqual([from, to]);
  });
});

describe('the month around an instant', () => {
  it.each([
    ['2026-02-28T22:59:59.999Z', 'Europe/Paris', '2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z'],
    ['2026-02-28T23:00:00.000Z', 'Europe/Paris', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-12-31T12:00:00.000Z', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31T12:00:00.000Z', 'Pacific/Auckland', '2026-12-31T11:00:00.000Z', '2027-01-31T11:00:00.000Z'],
  ])('%s in %s is from %s to %s', (now, zone, from, to) => {
    expect(spelled(monthAround(new Date(now), zone))).toEqual([from, to]);
  });
});

describe('hours', () => {
  it.each([
    [0, 0],
    [45, 0.75],
    [50, 0.83],
    [100, 1.67],
    [600, 10],
  ])('of %i minutes are %d', (minutes, hours) => {
    expect(hoursOf(minutes)).toBe(hours);
  });
});
