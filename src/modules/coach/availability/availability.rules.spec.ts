import { clockTime, isRange, minuteOf, workWeek } from './availability.rules';

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
