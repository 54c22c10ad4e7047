import { DomainEvent } from 'src/common/events/domain-event';

/** What every fact of a package tells. The people are users.id, money is in cents with its ISO 4217 code. */
export interface PackageFact {
  packageId: string;
  coachId: string;
  clientId: string;
  /** What it is called. */
  title: string;
  /** Sessions as bought. */
  sessions: number;
  priceCents: number;
  currency: string;
  at: Date;
}

abstract class PackageEvent extends DomainEvent {
  constructor(readonly pack: PackageFact) {
    super();
  }
}

/** The coach made a package for a client. */
export class PackageCreated extends PackageEvent {
  readonly name = 'payment.package-created.v1';
}

/** A client bought a package; it waits for `paymentId` to be recorded as paid. */
export class PackagePurchased extends PackageEvent {
  readonly name = 'payment.package-purchased.v1';
  constructor(
    pack: PackageFact,
    readonly paymentId: string,
  ) {
    super(pack);
  }
}

abstract class PackageRunsOut extends PackageEvent {
  /**
   * @param remaining sessions left, held ones included
   * @param seq number of the movement that did it: a package may run low several times
   */
  constructor(
    pack: PackageFact,
    readonly remaining: number,
    readonly seq: number,
  ) {
    super(pack);
  }
}

/** Two sessions or one are left. */
export class PackageLow extends PackageRunsOut {
  readonly name = 'payment.package-low.v1';
}

/** The last session is consumed. */
export class PackageExhausted extends PackageRunsOut {
  readonly name = 'payment.package-exhausted.v1';
}

/** In a week or less the package expires with sessions left. */
export class PackageExpiring extends PackageEvent {
  readonly name = 'payment.package-expiring.v1';

  /** @param validUntil the last day, YYYY-MM-DD in the coach's zone, itself included */
  constructor(
    pack: PackageFact,
    readonly remaining: number,
    readonly validUntil: string,
  ) {
    super(pack);
  }
}

/** What every fact of a payment tells. */
export interface PaymentFact {
  paymentId: string;
  coachId: string;
  clientId: string;
  packageId: string | null;
  bookingId: string | null;
  amountCents: number;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

abstract class PaymentEvent extends DomainEvent {
  constructor(readonly payment: PaymentFact) {
    super();
  }
}

/** Money was received. */
export class PaymentRecorded extends PaymentEvent {
  readonly name = 'payment.recorded.v1';

  /** @param sessionsBookable what the client can book now with this coach, over all active packages */
  constructor(
    payment: PaymentFact,
    readonly sessionsBookable: number,
  ) {
    super(payment);
  }
}

/** A payment was not recorded by its due moment. */
export class PaymentLate extends PaymentEvent {
  readonly name = 'payment.late.v1';
  constructor(
    payment: PaymentFact,
    readonly dueAt: Date,
  ) {
    super(payment);
  }
}

/** What a client has paid a coach for and not had. */
export interface OpenSessions {
  clientId: string;
  sessions: number;
  /** What they cost, in cents; one for each currency. */
  sums: readonly { amountCents: number; currency: string }[];
}

/** A coach leaves whom clients have bought sessions of that are left: they are to settle it (rules §17.2). */
export class SessionsLeftOpen extends DomainEvent {
  readonly name = 'payment.sessions-left-open.v1';
  /** @param effectiveAt when the coach is gone */
  constructor(
    readonly coachId: string,
    readonly open: readonly OpenSessions[],
    readonly effectiveAt: Date,
  ) {
    super();
  }
}
