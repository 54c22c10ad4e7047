import { type Lift, recordsAmong, unmatched } from './record.rules';

let made = 0;

/** A set of session `sessionId`, which took place on that day of March. */
function lift(sessionId: string, day: number, weightKg: number, more: Partial<Lift> = {}): Lift {
  made += 1;
  return {
    setId: `set-${String(made)}`,
    exerciseTypeId: 'squat',
    sessionId,
    trainedAt: new Date(Date.UTC(2026, 2, day)),
    createdAt: new Date(Date.UTC(2026, 2, day, 12)),
    setOrder: 1,
    position: 1,
    weightKg,
    reps: 5,
    ...more,
  };
}

const idsOf = (lifts: readonly Lift[]): string[] => lifts.map(({ setId }) => setId);

describe('personal records', () => {
  it('begin with the first weight', () => {
    const first = lift('a', 1, 20);
    expect(recordsAmong([first])).toEqual([first]);
  });

  it('go to what exceeds every earlier weight, not to what equals it', () => {
    const history = [lift('a', 1, 60), lift('b', 2, 60), lift('c', 3, 60.01), lift('d', 4, 50)];
    expect(idsOf(recordsAmong(history))).toEqual(idsOf([history[0], history[2]] as Lift[]));
  });

  it('are one for each session: the heaviest set, of equally heavy ones that with the most repetitions, then the first', () => {
    const light = lift('a', 1, 50, { setOrder: 1, position: 1 });
    const timed = lift('a', 1, 60, { setOrder: 2, position: 2, reps: null });
    const first = lift('a', 1, 60, { setOrder: 4, position: 3, reps: 8 });
    const same = lift('a', 1, 60, { setOrder: 4, position: 4, reps: 8 });
    const fewer = lift('a', 1, 60, { setOrder: 3, position: 5, reps: 7 });
    expect(recordsAmong([same, fewer, light, first, timed])).toEqual([first]);
    expect(recordsAmong([timed, lift('a', 1, 60, { reps: 0 })])).not.toContain(timed);
  });

  it('follow the order told for the sets, not the order in which they stand', () => {
    const second = lift('a', 1, 60, { setOrder: 2, position: 1 });
    const first = lift('a', 1, 60, { setOrder: 1, position: 2 });
    expect(recordsAmong([second, first])).toEqual([first]);
  });

  it('come in the order of the sets where a session has several, however they are read', () => {
    const press = lift('a', 1, 40, { exerciseTypeId: 'press', setOrder: 2, position: 1 });
    const squat = lift('a', 1, 80, { setOrder: 1, position: 3 });
    const row = lift('a', 1, 50, { exerciseTypeId: 'row', setOrder: 2, position: 2 });
    expect(recordsAmong([row, press, squat])).toEqual([squat, press, row]);
  });

  it('follow the day trained, then the moment of writing, then the id', () => {
    const at = { trainedAt: new Date(0) };
    const later = lift('a', 2, 70, at);
    const earlier = lift('b', 1, 60, at);
    expect(recordsAmong([later, earlier])).toEqual([earlier, later]);
    const together = { ...at, createdAt: new Date(0) };
    const one = lift('a', 1, 60, together);
    const other = lift('b', 1, 60, together);
    expect(recordsAmong([other, one])).toEqual([one]);
  });

  it('are counted for each exercise by itself', () => {
    const history = [lift('a', 1, 100), lift('b', 2, 40, { exerciseTypeId: 'bench' })];
    expect(recordsAmong(history)).toHaveLength(2);
  });

  it('stand above what was lifted before the part that is looked at', () => {
    const ceilings = new Map([['squat', 80]]);
    expect(recordsAmong([lift('a', 1, 80), lift('b', 2, 81)], ceilings)).toMatchObject([{ sessionId: 'b' }]);
  });
});

describe('a record that nobody has to be told of', () => {
  const told = (lifts: Lift[], sessionId: string): string[] => idsOf(unmatched(recordsAmong(lifts), lifts, sessionId));

  it('is one of a past day that a later session reaches', () => {
    const [past, reached, exceeded] = [lift('a', 1, 60), lift('b', 2, 60), lift('b', 2, 50)];
    expect(told([past, reached, exceeded], 'a')).toEqual([]);
    expect(told([past, lift('c', 3, 59.99)], 'a')).toEqual([past.setId]);
  });

  it('is one of another session or of another exercise', () => {
    const [own, foreign] = [lift('a', 2, 60), lift('b', 1, 90, { exerciseTypeId: 'bench' })];
    expect(told([own, foreign], 'a')).toEqual([own.setId]);
    expect(told([own, foreign], 'b')).toEqual([foreign.setId]);
    expect(told([lift('a', 2, 60), lift('b', 1, 90)], 'a')).toEqual([]);
  });
});
