import { DomainEvent } from 'src/common/events/domain-event';

abstract class CoachEvent extends DomainEvent {
  /** @param coachId users.id of the coach */
  constructor(readonly coachId: string) {
    super();
  }
}

/** Somebody became a coach: what every coach starts with can be made now. */
export class CoachProfileCreated extends CoachEvent {
  readonly name = 'coach.profile-created.v1';
}

/** The profile changed; so may have the slots, which its session length, buffer, notice and horizon make. */
export class CoachProfileUpdated extends CoachEvent {
  readonly name = 'coach.profile-updated.v1';
}

/** A weekly range was added, changed or removed: slots came, went, or have other places. */
export class AvailabilityChanged extends CoachEvent {
  readonly name = 'coach.availability-changed.v1';
}

abstract class RelationEvent extends CoachEvent {
  /** @param clientId users.id of the client */
  constructor(
    coachId: string,
    readonly clientId: string,
    readonly at: Date,
  ) {
    super(coachId);
  }
}

/** The coach laid a relation to rest for a while; what is booked stays booked. */
export class RelationPaused extends RelationEvent {
  readonly name = 'coach.relation-paused.v1';
}

/** The coach took a client on again who was paused or whose relation had ended. */
export class RelationResumed extends RelationEvent {
  readonly name = 'coach.relation-resumed.v1';
}

/** The coach ended a relation; what is booked stays booked. */
export class RelationEnded extends RelationEvent {
  readonly name = 'coach.relation-ended.v1';
}

/** An admin found a certification to be true; the coach shows it from now on. */
export class CertificationVerified extends CoachEvent {
  readonly name = 'coach.certification-verified.v1';

  /** @param title what the certification is called */
  constructor(
    readonly certificationId: string,
    coachId: string,
    readonly title: string,
    readonly at: Date,
  ) {
    super(coachId);
  }
}

/** An admin refused a certification. A changed one is judged again, so the same one may be refused several times. */
export class CertificationRejected extends CoachEvent {
  readonly name = 'coach.certification-rejected.v1';

  /**
   * @param title what the certification is called
   * @param reason what the admin wrote to the coach
   */
  constructor(
    readonly certificationId: string,
    coachId: string,
    readonly title: string,
    readonly reason: string | null,
    readonly at: Date,
  ) {
    super(coachId);
  }
}
