import { secondsUntilNextDay } from './broadcast.rules';

describe('the next day of UTC', () => {
  it.each([
    ['2026-03-02T00:00:00.000Z', 86_400],
    ['2026-03-02T12:00:00.000Z', 43_200],
    ['2026-03-02T23:59:59.000Z', 1],
    ['2026-03-02T23:59:59.999Z', 1],
    ['2026-03-02T23:59:58.001Z', 2],
  ])('is, at %s, %d s away', (now, seconds) => {
    expect(secondsUntilNextDay(new Date(now))).toBe(seconds);
  });
});
