import { clockTime, inOrder, isRange, minuteOf, rewrittenWeek, workWeek } from './availability.rules';

describe('clock times', () => {
  it('are minutes after midnight', () => {
    expect(minuteOf('00:00')).toBe(0);
    expect(minuteOf('09:05')).toBe(545);
    expect(minuteOf('23:59')).toBe(1439);
  });

  it('come back as they were written', () => {
    for (let minute = 0; minute < 1440; minute += 1) expect(minuteOf(clockTime(minute))).toBe(minute);
    expect(clockTime(1440)).toBe('24:00');
  });
});

describe('a range', () => {
  it('ends after it starts', () => {
    expect(isRange({ startMinute: 540, endMinute: 541 })).toBe(true);
    expect(isRange({ startMinute: 540, endMinute: 540 })).toBe(false);
    expect(isRange({ startMinute: 540, endMinute: 539 })).toBe(false);
  });
});

describe('the work week', () => {
  it('has seven days from Monday on, also for a coach without hours', () => {
    expect(workWeek([])).toEqual([0, 1, 2, 3, 4, 5, 6].map((dayOfWeek) => ({ dayOfWeek, ranges: [] })));
  });

  it('puts the active ranges of a day in order and leaves the others out', () => {
    const week = workWeek([
      { dayOfWeek: 2, startMinute: 840, endMinute: 1080, active: true },
      { dayOfWeek: 2, startMinute: 540, endMinute: 720, active: true },
      { dayOfWeek: 2, startMinute: 720, endMinute: 780, active: false },
      { dayOfWeek: 4, startMinute: 540, endMinute: 600, active: false },
    ]);
    expect(week[2]?.ranges).toEqual([
      { start: '09:00', end: '12:00' },
      { start: '14:00', end: '18:00' },
    ]);
    expect(week[4]?.ranges).toEqual([]);
  });
});

describe('the ranges of one day', () => {
  const range = (startMinute: number, endMinute: number) => ({ startMinute, endMinute });

  it('are in order when each begins where the one before ended, or later', () => {
    expect(inOrder([])).toBe(true);
    expect(inOrder([range(540, 720)])).toBe(true);
    expect(inOrder([range(540, 720), range(720, 780), range(781, 900)])).toBe(true);
  });

  it('are not when they overlap by a minute, repeat, or come in another order', () => {
    expect(inOrder([range(540, 720), range(719, 780)])).toBe(false);
    expect(inOrder([range(540, 720), range(540, 720)])).toBe(false);
    expect(inOrder([range(840, 900), range(540, 720)])).toBe(false);
  });
});

describe('a week that is written anew', () => {
  const row = (id: string, dayOfWeek: number, startMinute: number, endMinute: number) => ({
    id,
    dayOfWeek,
    startMinute,
    endMinute,
  });
  const monday = row('monday', 0, 540, 720);
  const tuesday = row('tuesday', 1, 540, 720);

  it('keeps the rows of exactly the same hours, removes the others and adds what is missing', () => {
    const shorter = { dayOfWeek: 1, startMinute: 540, endMinute: 719 };
    const same = { dayOfWeek: 0, startMinute: 540, endMinute: 720 };
    expect(rewrittenWeek([monday, tuesday], [same, shorter])).toEqual({
      kept: [monday],
      removed: [tuesday],
      added: [shorter],
    });
  });

  it('is empty where no day has hours', () => {
    expect(rewrittenWeek([monday, tuesday], [])).toEqual({ kept: [], removed: [monday, tuesday], added: [] });
  });

  it('changes nothing when it is what it was', () => {
    expect(rewrittenWeek([monday], [monday])).toEqual({ kept: [monday], removed: [], added: [] });
  });
});
