import fc from 'fast-check';
import { activitiesOf, activityOf, createdId, idOf, isThat, oneActivity, spanAround } from './strava-answer.rules';

const TOLD = {
  id: 4_711,
  athlete: { id: 12, resource_state: 1 },
  name: 'Morning run',
  sport_type: 'TrailRun',
  type: 'Run',
  start_date: '2026-03-02T09:30:00Z',
  start_date_local: '2026-03-02T10:30:00Z',
  elapsed_time: 3_700,
  moving_time: 3_600,
};
const ACTIVITY = {
  ...{ id: '4711', athleteId: '12', name: 'Morning run', sportType: 'TrailRun' },
  ...{ startDate: new Date('2026-03-02T09:30:00Z'), startDateLocal: '2026-03-02T10:30:00' },
  ...{ elapsedSeconds: 3_700, movingSeconds: 3_600 },
};

describe('an activity as Strava tells of it', () => {
  it('is read', () => {
    expect(activityOf(TOLD)).toEqual(ACTIVITY);
  });

  it.each<[string, object]>([
    ['without an id', { id: undefined }],
    ['with an id that is no number', { id: { $gt: 0 } }],
    ['with a negative id', { id: -1 }],
    ['with an id that is not exact', { id: 2 ** 60 }],
    ['with an id like a path', { id: '../athlete' }],
    ['of nobody', { athlete: null }],
    ['without a start', { start_date: undefined }],
    ['with a start that is no text', { start_date: 1_772_443_800 }],
    ['with a start that is none', { start_date: '2026-02-31T99:30:00Z' }],
    ['with a start before everything', { start_date: '0001-01-01T00:00:00Z' }],
    ['without a duration', { elapsed_time: undefined }],
    ['with a duration that is text', { elapsed_time: '3700' }],
    ['with a negative duration', { elapsed_time: -1 }],
  ])('is none %s', (_, change) => {
    expect(activityOf({ ...TOLD, ...change })).toBeNull();
    expect(() => oneActivity({ ...TOLD, ...change })).toThrow(expect.objectContaining({ code: 'strava garbage' }));
  });

  it.each<[string, object, object]>([
    ['a name that is missing', { name: undefined }, { name: '' }],
    ['a name of several lines', { name: ' a\n\0b ' }, { name: 'a b' }],
    ['a name without end', { name: 'é'.repeat(9_999) }, { name: 'é'.repeat(255) }],
    ['a kind in the older field', { sport_type: undefined }, { sportType: 'Run' }],
    ['a kind that is none', { sport_type: 7, type: '<b>' }, { sportType: 'Workout' }],
    ['a duration beyond a year', { elapsed_time: 1e300 }, { elapsedSeconds: 31_536_000 }],
    ['no time of movement', { moving_time: 'long' }, { movingSeconds: null }],
    ['no wall clock', { start_date_local: 5 }, { startDateLocal: null }],
  ])('is read with %s', (_, change, expected) => {
    expect(activityOf({ ...TOLD, ...change })).toEqual({ ...ACTIVITY, ...expected });
  });

  it('is left out of a list that is otherwise good', () => {
    expect(activitiesOf([TOLD, null, { ...TOLD, id: 'x' }, 'an activity'])).toEqual([ACTIVITY]);
  });

  it('never is anything but an activity, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, field) => {
        for (const told of [
          value,
          { ...TOLD, id: value, elapsed_time: field },
          { ...TOLD, name: value, athlete: field },
        ]) {
          const read = activityOf(told);
          if (read && !(/^[1-9]\d*$/.test(read.id) && read.elapsedSeconds >= 0 && read.name.length <= 510))
            return false;
        }
        return true;
      }),
    );
  });
});

describe('answers that are none', () => {
  it.each([[null], [{}], ['[]'], [7]])('are no list: %j', (body) => {
    expect(() => activitiesOf(body)).toThrow(expect.objectContaining({ code: 'strava garbage', isFinal: false }));
  });

  it.each([[null], [{}], [{ id: 1.5 }], [{ id: '' }], [[]]])('give a new activity no id: %j', (body) => {
    expect(() => createdId(body)).toThrow(expect.objectContaining({ code: 'strava garbage', isFinal: false }));
  });

  it('gives it one otherwise', () => {
    expect([createdId({ id: 99 }), idOf('12345678901')]).toEqual(['99', '12345678901']);
  });
});

describe('finding the activity that we told Strava of', () => {
  const draft = { name: 'A', sportType: 'Run' as const, startDateLocal: '2026-03-02T10:30:00', elapsedSeconds: 3_600 };
  const same = { ...ACTIVITY, ...draft };

  it('goes by all that it gives back', () => {
    expect(isThat(same, draft)).toBe(true);
    for (const other of [{ name: 'B' }, { sportType: 'Ride' }, { startDateLocal: null }, { elapsedSeconds: 3_601 }])
      expect(isThat({ ...same, ...other }, draft)).toBe(false);
  });

  it('looks wherever on earth its athlete may live', () => {
    const { after, before } = spanAround('2026-03-02T10:30:00');
    for (const zone of ['+14:00', '-12:00', 'Z']) {
      const start = Date.parse(`2026-03-02T10:30:00${zone}`) / 1_000;
      expect([after < start, start < before]).toEqual([true, true]);
    }
  });
});
