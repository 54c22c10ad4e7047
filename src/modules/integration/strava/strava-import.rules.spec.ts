import { minutesOf, termsAt, toldOf } from './strava-import.rules';

const activity = (movingSeconds: number | null, elapsedSeconds: number): Parameters<typeof minutesOf>[0] => ({
  ...{ id: '99', athleteId: '12', name: 'Run', sportType: 'Run', startDateLocal: null },
  ...{ startDate: new Date('2026-03-02T09:30:00Z'), movingSeconds, elapsedSeconds },
});

describe('an activity as a session', () => {
  it.each([
    ['the time of movement', 3_600, 9_000, 60],
    ['the whole time where there was no movement', 0, 2_700, 45],
    ['the whole time where movement is not told', null, 2_700, 45],
    ['a minute at least', 10, 10, 1],
    ['ten hours at most', 36_001, 36_001, 600],
    ['ten hours of a year', null, 31_536_000, 600],
    ['the nearest minute', 89, 89, 1],
    ['the nearest minute', 90, 90, 2],
  ])('takes %s', (_, moving, elapsed, minutes) => {
    expect(minutesOf(activity(moving, elapsed))).toBe(minutes);
  });

  it('keeps what a session needs, and not its title', () => {
    const trainedAt = new Date('2026-03-02T09:30:00Z');
    expect(toldOf(activity(3_600, 3_600))).toEqual({ externalId: '99', trainedAt, durationMin: 60 });
  });

  it('is for its owner alone, and gone within seven days', () => {
    const { keepUntil, ...terms } = termsAt(new Date('2026-03-02T09:30:00Z'));
    expect(terms).toEqual({ visibleToCoach: false, usableForStats: false });
    // What has ended is deleted within a day.
    expect(keepUntil).toBe('2026-03-08T09:30:00.000Z');
  });
});
