import fc from 'fast-check';
import {
  addDays,
  alertAfterConsume,
  emptyPackage,
  EXTENSION_DAYS,
  giveBack,
  isPast,
  isUsable,
  lapse,
  type PackageState,
  type Step,
  step,
} from './credit.rules';
import type { MovementKind } from './credit.types';

/**
 * Random lives of a package against a model that counts its sessions one by one: each session is free, held, used or
 * gone. The rules count with sums; whatever happens in whatever order, the two must agree.
 */
type Act =
  | { do: 'hold' | 'consume' | 'restore' | 'move'; pick: number }
  | { do: 'release'; pick: number; causedByCoach: boolean }
  | { do: 'adjust'; sessions: number }
  | { do: 'wait'; days: number; job: boolean };

const pick = fc.nat(1000);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('consume' as const, 'restore' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), pick, causedByCoach: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('adjust' as const), sessions: fc.integer({ min: -4, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 25 }),
      job: fc.boolean(),
    }),
  },
);

interface Line {
  kind: MovementKind;
  delta: number;
  remainingDelta: number;
  booking: number | null;
}

/** A package as people count it. */
class Model {
  free: number;
  readonly held = new Set<number>();
  readonly used = new Set<number>();
  isExpired = false;

  constructor(
    bought: number,
    public validUntil: string | null,
  ) {
    this.free = bought;
  }

  isOver(today: string): boolean {
    return this.validUntil !== null && today > this.validUntil;
  }

  expire(): void {
    this.free = 0;
    this.isExpired = true;
  }

  comeBack(today: string, causedByCoach: boolean): void {
    if (this.isOver(today)) this.expire();
    if (!this.isExpired) this.free += 1;
    else if (causedByCoach) {
      this.free = 1;
      this.isExpired = false;
      this.validUntil = addDays(today, EXTENSION_DAYS);
    }
  }
}

/** The rules as the service applies them, with every line of the ledger kept. */
class Life {
  today = '2026-03-02';
  readonly ledger: Line[] = [];
  state: PackageState;
  private bookings = 0;

  constructor(
    readonly model: Model,
    bought: number,
  ) {
    this.state = emptyPackage('active', model.validUntil);
    this.post(step(this.state, 'purchase', bought));
  }

  run(act: Act): void {
    if (act.do === 'wait') this.wait(act.days, act.job);
    else if (act.do === 'adjust') this.adjust(act.sessions);
    else if (act.do === 'hold') this.hold();
    else this.decide(act);
  }

  private wait(days: number, job: boolean): void {
    this.today = addDays(this.today, days);
    if (!job || this.state.status !== 'active' || !isPast(this.state, this.today)) return;
    const { steps, state } = lapse(this.state);
    steps.forEach((each) => this.post(each));
    this.state = state;
    this.model.expire();
  }

  private adjust(sessions: number): void {
    if (sessions === 0 || this.state.status === 'expired') return;
    const correction = step(this.state, 'adjust', sessions);
    expect(correction !== null).toBe(this.model.free + sessions >= 0);
    if (!correction) return;
    this.post(correction);
    this.model.free += sessions;
  }

  private hold(): void {
    const usable = !this.model.isExpired && this.model.free >= 1 && !this.model.isOver(this.today);
    expect(isUsable(this.state, this.today)).toBe(usable);
    if (!usable) return;
    this.bookings += 1;
    this.post(step(this.state, 'hold'), this.bookings);
    this.model.free -= 1;
    this.model.held.add(this.bookings);
  }

  private decide(act: Exclude<Act, { do: 'wait' } | { do: 'adjust' }>): void {
    const among = [...(act.do === 'restore' ? this.model.used : this.model.held)];
    const booking = among[act.pick % Math.max(1, among.length)];
    if (booking === undefined) return;
    if (act.do === 'consume') this.consume(booking);
    else if (act.do === 'move') this.move(booking);
    else
      this.comeBack(act.do === 'restore' ? 'restore' : 'release', booking, act.do === 'release' && act.causedByCoach);
  }

  private consume(booking: number): void {
    this.post(step(this.state, 'consume'), booking);
    const { alert, state } = alertAfterConsume(this.state);
    const left = this.model.free + this.model.held.size - 1;
    expect(alert === 'exhausted').toBe(left === 0);
    this.state = state;
    this.model.held.delete(booking);
    this.model.used.add(booking);
  }

  private move(booking: number): void {
    this.bookings += 1;
    this.post(step(this.state, 'release'), booking);
    this.post(step(this.state, 'hold'), this.bookings);
    this.model.held.delete(booking);
    this.model.held.add(this.bookings);
  }

  private comeBack(kind: 'release' | 'restore', booking: number, causedByCoach: boolean): void {
    const { steps, state } = giveBack(this.state, kind, { today: this.today, causedByCoach });
    steps.forEach((each) => this.post(each, each.kind === kind ? booking : null));
    this.state = state;
    (kind === 'restore' ? this.model.used : this.model.held).delete(booking);
    this.model.comeBack(this.today, causedByCoach);
  }

  private post(moved: Step | null, booking: number | null = null): void {
    if (!moved) throw new Error('the rules refuse what the model allows');
    const { kind, delta, remainingDelta, after } = moved;
    this.ledger.push({ kind, delta, remainingDelta, booking });
    this.state = after;
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

function expectAgreement({ ledger, state, model }: Life): void {
  expect(sum(ledger.map(({ delta }) => delta))).toBe(state.balance);
  expect(sum(ledger.map(({ remainingDelta }) => remainingDelta))).toBe(state.remaining);
  expect(state).toMatchObject({ balance: model.free, remaining: model.free + model.held.size, used: model.used.size });
  expect(Math.min(state.balance, state.remaining - state.balance, state.used)).toBeGreaterThanOrEqual(0);
  const counted = model.isExpired ? 'expired' : state.remaining === 0 ? 'exhausted' : 'active';
  expect(state.status).toBe(counted);
  expect(state.validUntil).toBe(model.validUntil);
  const ofBookings = ledger.filter(({ booking }) => booking !== null).map(({ kind, booking }) => `${kind} ${booking}`);
  expect(new Set(ofBookings).size).toBe(ofBookings.length);
}

describe('the ledger of a package', () => {
  it('agrees with a count of its sessions, one by one, after any life (trust 57)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
        fc.array(act, { maxLength: 40 }),
        (bought, days, acts) => {
          const validUntil = days === null ? null : addDays('2026-03-02', days);
          const life = new Life(new Model(bought, validUntil), bought);
          for (const each of acts) {
            life.run(each);
            expectAgreement(life);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
