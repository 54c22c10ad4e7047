import { canReturn, effectiveAt, erasureOrder } from './erasure.rules';

const REQUESTED = new Date('2026-03-01T10:00:00Z');
const DUE = new Date('2026-03-31T10:00:00Z');

describe('an erasure', () => {
  it('comes thirty days after it was asked for', () => {
    expect(effectiveAt(REQUESTED)).toEqual(DUE);
  });

  it('can be taken back until its date, to the millisecond', () => {
    const request = { effectiveAt: DUE, startedAt: null };
    expect(canReturn(request, new Date(DUE.getTime() - 1))).toBe(true);
    expect(canReturn(request, DUE)).toBe(false);
  });

  it('cannot be taken back once it has begun, whatever a clock says', () => {
    expect(canReturn({ effectiveAt: DUE, startedAt: REQUESTED }, REQUESTED)).toBe(false);
  });

  it('empties queues first and the account last, whatever order the parts come in', () => {
    const names = ['waitlist', 'auth.account', 'system.kernel', 'booking', 'author.things', 'auth'];
    expect(erasureOrder(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual([
      'system.kernel',
      'author.things',
      'booking',
      'waitlist',
      'auth',
      'auth.account',
    ]);
  });
});
