import {
  hiddenFromOthers,
  isAuthor,
  isImported,
  maySee,
  type Ownership,
  reachOf,
  type Sight,
} from './performance.policy';

const OWNER = 'owner';
const COACH = 'coach';
const OTHER = 'other coach';

const own: Ownership = { userId: OWNER, enteredBy: null, bookingCoachId: null, source: 'manual' };
const SESSIONS = {
  'entered by the coach': { ...own, enteredBy: COACH },
  'of a booking of the pair': { ...own, bookingCoachId: COACH },
  'entered by another coach': { ...own, enteredBy: OTHER, bookingCoachId: OTHER },
  'written by the owner': own,
  'from a file': { ...own, source: 'strong' },
  'from Strava': { ...own, source: 'strava' },
} as const satisfies Record<string, Ownership>;
type Kind = keyof typeof SESSIONS;

const SIGHTS = {
  'no relation, pending, ended': { ownPerformances: false, allPerformances: false },
  'discovery, active or paused without sharing': { ownPerformances: true, allPerformances: false },
  'active or paused, sharing': { ownPerformances: true, allPerformances: true },
} as const satisfies Record<string, Sight>;

/** Rules §6.3 and §16.2, cell by cell. */
const CELLS: Record<keyof typeof SIGHTS, Record<Kind, boolean>> = {
  'no relation, pending, ended': {
    'entered by the coach': false,
    'of a booking of the pair': false,
    'entered by another coach': false,
    'written by the owner': false,
    'from a file': false,
    'from Strava': false,
  },
  'discovery, active or paused without sharing': {
    'entered by the coach': true,
    'of a booking of the pair': true,
    'entered by another coach': false,
    'written by the owner': false,
    'from a file': false,
    'from Strava': false,
  },
  'active or paused, sharing': {
    'entered by the coach': true,
    'of a booking of the pair': true,
    'entered by another coach': true,
    'written by the owner': true,
    'from a file': true,
    'from Strava': false,
  },
};

describe.each(Object.entries(CELLS))('what a coach sees of a client: %s', (sight, row) => {
  it.each(Object.entries(row))('a session %s: %s', (kind, isSeen) => {
    expect(maySee(SESSIONS[kind as Kind], COACH, SIGHTS[sight as keyof typeof SIGHTS])).toBe(isSeen);
  });
});

describe('what a third party gave of a client', () => {
  it.each(Object.entries(SIGHTS))('is seen with his consent like any other of his sessions: %s', (_, sight) => {
    const [activity, own] = [SESSIONS['from Strava'], SESSIONS['written by the owner']];
    expect(maySee(activity, COACH, sight, hiddenFromOthers(true))).toBe(maySee(own, COACH, sight));
    expect(maySee(activity, COACH, sight, hiddenFromOthers(false))).toBe(false);
  });
});

describe('who has to do with a session', () => {
  it('its owner sees it always, whoever wrote it', () => {
    for (const session of Object.values(SESSIONS))
      expect(maySee(session, OWNER, SIGHTS['no relation, pending, ended'])).toBe(true);
  });

  it('its author is the coach who entered it, else its owner', () => {
    expect([OWNER, COACH].map((person) => isAuthor(own, person))).toEqual([true, false]);
    expect([OWNER, COACH].map((person) => isAuthor(SESSIONS['entered by the coach'], person))).toEqual([false, true]);
  });

  it('it is imported unless it was written here', () => {
    expect(Object.values(SESSIONS).map(isImported)).toEqual([false, false, false, false, true, true]);
  });

  it('a list reaches as far as a single session is shown', () => {
    expect(Object.values(SIGHTS).map(reachOf)).toEqual(['none', 'paired', 'all']);
  });
});
