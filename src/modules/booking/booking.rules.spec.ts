import fc from 'fast-check';
import {
  answerDeadline,
  beginningOf,
  cancellationAct,
  freeExitUntil,
  freeUntil,
  isLapsed,
  isOverdue,
  moveRefusal,
  occasionOf,
  typeOf,
} from './booking.rules';

const at = (text: string): Date => new Date(text);
const START = at('2026-03-10T09:00:00Z');

describe('the deadline of a request', () => {
  it('is 24 hours after it was made', () => {
    expect(answerDeadline(at('2026-03-01T08:00:00Z'), START)).toEqual(at('2026-03-02T08:00:00Z'));
  });

  it('is the start when that is sooner', () => {
    expect(answerDeadline(at('2026-03-09T20:00:00Z'), START)).toEqual(START);
  });

  it('lapses at its very millisecond and not before', () => {
    const deadline = at('2026-03-02T08:00:00.000Z');
    expect(isLapsed(deadline, at('2026-03-02T07:59:59.999Z'))).toBe(false);
    expect(isLapsed(deadline, deadline)).toBe(true);
  });
});

describe('a booking that is made', () => {
  const MADE = at('2026-03-01T08:00:00Z');

  it('waits for the coach when a client asks', () => {
    const asked = { status: 'pending_coach_validation', expiresAt: at('2026-03-02T08:00:00Z'), confirmedAt: null };
    expect(beginningOf('client', START, MADE)).toEqual({ ...asked, freeExitUntil: null });
  });

  it('is confirmed when a client takes an offer, or the coach makes it, and the latter may be left freely', () => {
    const confirmed = { status: 'confirmed', expiresAt: null, confirmedAt: MADE };
    expect(beginningOf('client', START, MADE, true)).toEqual({ ...confirmed, freeExitUntil: null });
    expect(beginningOf('coach', START, MADE)).toEqual({ ...confirmed, freeExitUntil: freeExitUntil(MADE) });
  });
});

describe('a cancellation', () => {
  const confirmed = {
    status: 'confirmed',
    scheduledAt: START,
    policyThresholdHours: 24,
    freeExitUntil: null,
    expiresAt: null,
  } as const;
  const pending = { ...confirmed, status: 'pending_coach_validation', expiresAt: at('2026-03-09T20:00:00Z') } as const;

  it('is free up to the threshold, included', () => {
    for (const by of ['client', 'coach'] as const) {
      expect(cancellationAct(confirmed, by, at('2026-03-09T09:00:00.000Z'))).toBe('cancel_in_time');
      expect(cancellationAct(confirmed, by, at('2026-03-09T09:00:00.001Z'))).toBe('cancel_late');
    }
  });

  it('is never late while the coach has not answered', () => {
    expect(cancellationAct(pending, 'client', at('2026-03-10T08:59:59.999Z'))).toBe('cancel_in_time');
    expect(freeUntil(pending, 'client')).toEqual(START);
  });

  it('is no longer possible from the start on', () => {
    expect(cancellationAct(confirmed, 'client', at('2026-03-10T08:59:59.999Z'))).toBe('cancel_late');
    expect(cancellationAct(confirmed, 'client', START)).toBeNull();
    expect(cancellationAct(pending, 'client', START)).toBeNull();
  });

  it('is not possible twice', () => {
    const over = { ...confirmed, status: 'cancelled_by_client' } as const;
    expect(cancellationAct(over, 'client', at('2026-03-01T00:00:00Z'))).toBeNull();
  });

  it('costs the client nothing for 24 hours after the coach made or moved the session, and the coach gains no time', () => {
    const madeAt = at('2026-03-09T15:00:00Z');
    const made = { ...confirmed, freeExitUntil: freeExitUntil(madeAt) };
    expect(cancellationAct(made, 'client', at('2026-03-10T08:59:59.999Z'))).toBe('cancel_in_time');
    expect(cancellationAct(made, 'coach', at('2026-03-09T15:00:00Z'))).toBe('cancel_late');
    const early = { ...confirmed, freeExitUntil: freeExitUntil(at('2026-03-09T08:00:00Z')) };
    expect(cancellationAct(early, 'client', at('2026-03-10T08:00:00.000Z'))).toBe('cancel_in_time');
    expect(cancellationAct(early, 'client', at('2026-03-10T08:00:00.001Z'))).toBe('cancel_late');
    expect(freeUntil(made, 'client')).toEqual(START);
  });

  it('has an exit that never takes away what the threshold gives', () => {
    const made = { ...confirmed, freeExitUntil: at('2026-03-02T09:00:00Z') };
    expect(freeUntil(made, 'client')).toEqual(at('2026-03-09T09:00:00Z'));
  });

  describe('and a move', () => {
    it('are open to the client alike, and the coach may always move before the start', () => {
      expect(moveRefusal(confirmed, 'client', at('2026-03-09T09:00:00.000Z'))).toBeNull();
      expect(moveRefusal(confirmed, 'client', at('2026-03-09T09:00:00.001Z'))).toBe('too_late_to_reschedule');
      expect(moveRefusal(confirmed, 'coach', at('2026-03-10T08:59:59.999Z'))).toBeNull();
      for (const by of ['client', 'coach'] as const)
        expect(moveRefusal(confirmed, by, START)).toBe('invalid_transition');
    });

    it('do not bring a lapsed request back', () => {
      for (const by of ['client', 'coach'] as const) {
        expect(moveRefusal(pending, by, at('2026-03-09T19:59:59.999Z'))).toBeNull();
        expect(moveRefusal(pending, by, at('2026-03-09T20:00:00.000Z'))).toBe('invalid_transition');
      }
    });
  });

  it('is free until the last instant that the rule names, for every threshold and exit', () => {
    const minutes = (most: number) => fc.integer({ min: 0, max: most });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 168 }), minutes(20_000), minutes(1_500), (hours, exit, ahead) => {
        const booking = {
          ...confirmed,
          policyThresholdHours: hours,
          freeExitUntil: new Date(START.getTime() - 15_000 * 60_000 + exit * 60_000),
        };
        const last = freeUntil(booking, 'client').getTime();
        expect(last).toBeLessThanOrEqual(START.getTime());
        const before = new Date(Math.min(last, START.getTime() - 1) - ahead * 60_000);
        expect(cancellationAct(booking, 'client', before)).toBe('cancel_in_time');
        if (last < START.getTime() - 1)
          expect(cancellationAct(booking, 'client', new Date(last + 1))).toBe('cancel_late');
      }),
    );
  });
});

describe('a session that nobody spoke about', () => {
  it('counts as done only when more than 48 hours have passed since its end', () => {
    expect(isOverdue(START, at('2026-03-12T09:00:00.000Z'))).toBe(false);
    expect(isOverdue(START, at('2026-03-12T09:00:00.001Z'))).toBe(true);
  });
});

describe('the type of a booking', () => {
  it('is a discovery by how it is paid, else a group by the seats of its slot', () => {
    expect(typeOf('discovery', 5)).toBe('discovery');
    expect(typeOf('package', 2)).toBe('group');
    expect(typeOf('per_session', 1)).toBe('individual');
  });
});

describe('an occasion', () => {
  const instant = fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z'), noInvalidDate: true });

  it('is the same for the same coach and start, and a version 5 uuid', () => {
    fc.assert(
      fc.property(fc.uuid(), instant, (coach, start) => {
        expect(occasionOf(coach, start)).toBe(occasionOf(coach, new Date(start)));
        expect(occasionOf(coach, start)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  it('differs for another coach or another start', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), instant, instant, (one, other, start, later) => {
        fc.pre(one !== other && start.getTime() !== later.getTime());
        expect(occasionOf(one, start)).not.toBe(occasionOf(other, start));
        expect(occasionOf(one, start)).not.toBe(occasionOf(one, later));
      }),
    );
  });
});
