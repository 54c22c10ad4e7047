import { eventOf, subscriptionOf } from './strava-event.rules';

const TOLD = {
  ...{ object_type: 'activity', object_id: 99, aspect_type: 'create', updates: {} },
  ...{ owner_id: 12, subscription_id: 120_475, event_time: 1_772_443_800 },
};
const GONE = {
  ...TOLD,
  object_type: 'athlete',
  object_id: 12,
  aspect_type: 'update',
  updates: { authorized: 'false' },
};

describe('what Strava tells', () => {
  it.each(['create', 'update', 'delete'])('is that somebody did this with an activity: %s', (aspect_type) => {
    const what = { kind: 'activity', activityId: '99', aspect: aspect_type };
    expect(eventOf({ ...TOLD, aspect_type })).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      ownerId: '12',
      what,
    });
  });

  it.each([['false'], [false]])('is that our access was taken away: %j', (authorized) => {
    expect(eventOf({ ...GONE, updates: { authorized } })).toMatchObject({
      ownerId: '12',
      what: { kind: 'deauthorized' },
    });
  });

  it.each<[string, unknown]>([
    ['nothing at all', null],
    ['text', 'activity'],
    ['another object', { ...TOLD, object_type: 'segment' }],
    ['another aspect', { ...TOLD, aspect_type: 'liked' }],
    ['an athlete who changed his name', { ...GONE, updates: { firstname: 'Zoé' } }],
    ['an athlete who let us in', { ...GONE, updates: { authorized: 'true' } }],
    ['nobody', { ...TOLD, owner_id: undefined }],
    ['no object', { ...TOLD, object_id: '../../athlete' }],
  ])('is passed over: %s', (_, body) => {
    expect(eventOf(body)).toBeNull();
  });

  it('is one event as long as it says the same, and another otherwise', () => {
    const id = (change: object): string | undefined => eventOf({ ...TOLD, ...change })?.id;
    expect(id({})).toBe(id({}));
    const others = [{ event_time: 1 }, { aspect_type: 'update' }, { object_id: 98 }, { updates: { title: 'A' } }];
    expect(new Set([id({}), ...others.map(id)]).size).toBe(5);
  });

  it('names its subscription', () => {
    expect([TOLD, { subscription_id: '7' }, { subscription_id: {} }, null].map(subscriptionOf)).toEqual([
      '120475',
      '7',
      null,
      null,
    ]);
  });
});
