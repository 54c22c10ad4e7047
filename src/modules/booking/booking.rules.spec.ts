import fc from 'fast-check';
import { answerDeadline, cancellationAct, isLapsed, occasionOf } from './booking.rules';

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

describe('a cancellation', () => {
  const confirmed = { status: 'confirmed', scheduledAt: START, policyThresholdHours: 24 } as const;

  it('is free up to the threshold, included', () => {
    expect(cancellationAct(confirmed, at('2026-03-09T09:00:00.000Z'))).toBe('cancel_in_time');
    expect(cancellationAct(confirmed, at('2026-03-09T09:00:00.001Z'))).toBe('cancel_late');
  });

  it('is never late while the coach has not answered', () => {
    const pending = { ...confirmed, status: 'pending_coach_validation' } as const;
    expect(cancellationAct(pending, at('2026-03-10T08:59:59.999Z'))).toBe('cancel_in_time');
  });

  it('is no longer possible from the start on', () => {
    expect(cancellationAct(confirmed, at('2026-03-10T08:59:59.999Z'))).toBe('cancel_late');
    expect(cancellationAct(confirmed, START)).toBeNull();
  });

  it('is not possible twice', () => {
    expect(cancellationAct({ ...confirmed, status: 'cancelled_by_client' }, at('2026-03-01T00:00:00Z'))).toBeNull();
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
