import fc from 'fast-check';
import {
  ALL_TOGETHER,
  canProve,
  CODE_FORMAT,
  expiryOf,
  type JudgedCode,
  newCode,
  nextSending,
  PER_ACCOUNT,
  PER_NUMBER,
  remembered,
  verdictOn,
} from './phone-code.rules';

const NOW = new Date('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('a code', () => {
  it('is six digits and small letters, all of them as likely, and never twice the same', () => {
    const codes = Array.from({ length: 6_000 }, newCode);
    for (const code of codes) expect(code).toMatch(/^[0-9a-z]{6}$/);
    expect(new Set(codes).size).toBeGreaterThan(5_990);
    const seen = new Map<string, number>();
    for (const character of codes.join('')) seen.set(character, (seen.get(character) ?? 0) + 1);
    expect(seen.size).toBe(36);
    // A thousand of each are expected; beyond five deviations nothing is chance any more.
    for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt(1_000));
  });

  it('may be typed in capitals, and in no other letters', () => {
    expect(CODE_FORMAT.test('0AzZ9q')).toBe(true);
    for (const text of ['abc12', 'abc1234', 'abc 12', 'àbc123', 'abc12\u212a', ''])
      expect(CODE_FORMAT.test(text)).toBe(false);
  });

  it('holds for ten minutes, the last millisecond not counted', () => {
    const code: JudgedCode = { phone: '+33612345678', tries: 0, expiresAt: expiryOf(NOW) };
    expect(verdictOn(code, true, after(10 * 60_000 - 1))).toBe('right');
    expect(verdictOn(code, true, after(10 * 60_000))).toBe('expired');
    expect(verdictOn(code, false, after(10 * 60_000))).toBe('expired');
  });

  it('can be tried three times', () => {
    const tried = (tries: number): JudgedCode => ({ phone: '+33612345678', tries, expiresAt: expiryOf(NOW) });
    for (const tries of [0, 1, 2]) {
      expect(verdictOn(tried(tries), false, NOW)).toBe('wrong');
      expect(verdictOn(tried(tries), true, NOW)).toBe('right');
    }
    for (const isRight of [true, false]) expect(verdictOn(tried(3), isRight, NOW)).toBe('used_up');
    expect(verdictOn(tried(3), true, after(HOUR))).toBe('expired');
    expect(verdictOn(null, true, NOW)).toBe('unknown');
  });

  it('can prove something as long as it could be typed, by who may use the account with that number', () => {
    const phone = '+33612345678';
    const code: JudgedCode = { phone, tries: 2, expiresAt: expiryOf(NOW) };
    for (const status of ['active', 'unverified'] as const) expect(canProve(code, { phone, status }, NOW)).toBe(true);
    for (const status of ['suspended', 'deletion_pending', 'deleted'] as const)
      expect(canProve(code, { phone, status }, NOW)).toBe(false);
    for (const other of ['+33612345679', null])
      expect(canProve(code, { phone: other, status: 'active' }, NOW)).toBe(false);
    expect(canProve({ ...code, tries: 3 }, { phone, status: 'active' }, NOW)).toBe(false);
    expect(canProve(code, { phone, status: 'active' }, code.expiresAt)).toBe(false);
  });
});

describe('how many codes are sent', () => {
  const sendAll = (moments: number[], allowance = PER_NUMBER): number[] => {
    const sent: Date[] = [];
    for (const at of [...moments].sort((one, other) => one - other))
      if (nextSending(sent, allowance, after(at)) <= after(at)) sent.push(after(at));
    return sent.map((moment) => moment.getTime() - NOW.getTime());
  };

  it('is three an hour for a number, to the millisecond', () => {
    expect(sendAll([0, 1, 2, 3, HOUR - 1, HOUR])).toEqual([0, 1, 2, HOUR]);
    expect(nextSending([after(0), after(1), after(2)], PER_NUMBER, after(5))).toEqual(after(HOUR));
    expect(nextSending([], PER_NUMBER, NOW).getTime()).toBeLessThanOrEqual(NOW.getTime());
  });

  it('is twelve a day for a number, and twenty for an account', () => {
    const allDay = Array.from({ length: 24 * 4 }, (_, quarter) => (quarter * HOUR) / 4);
    expect(sendAll(allDay)).toHaveLength(12);
    expect(sendAll(allDay, PER_ACCOUNT)).toHaveLength(20);
    expect(sendAll([...allDay, 24 * HOUR])).toHaveLength(13);
  });

  it('is never more than that in any hour and any day, and never less than what is free', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 60 * HOUR }), { maxLength: 80 });
    fc.assert(
      fc.property(moments, (asked) => {
        const sent = sendAll(asked);
        const within = (from: number, ms: number): number => sent.filter((at) => at >= from && at < from + ms).length;
        for (const at of sent) {
          expect(within(at, HOUR)).toBeLessThanOrEqual(3);
          expect(within(at, 24 * HOUR)).toBeLessThanOrEqual(12);
        }
        const [first] = [...asked].sort((one, other) => one - other);
        if (first !== undefined) expect(sent[0]).toBe(first);
      }),
    );
  });

  it('is six hundred an hour for everybody together, and as many in the next hour', () => {
    const everySecond = Array.from({ length: 7_200 }, (_, second) => second * 1_000);
    const sent = sendAll(everySecond, ALL_TOGETHER);
    expect(sent).toHaveLength(1_200);
    expect(sent[600]).toBe(HOUR);
  });

  it('is remembered for a day, and no longer than it can refuse anything', () => {
    expect(remembered([after(5), after(1), after(-24 * HOUR)], PER_NUMBER, NOW)).toEqual([after(1), after(5)]);
    const many = Array.from({ length: 700 }, (_, at) => after(at));
    expect(remembered(many, ALL_TOGETHER, NOW)).toEqual(many.slice(100));
    expect(remembered(many, PER_NUMBER, NOW)).toHaveLength(12);
  });
});
