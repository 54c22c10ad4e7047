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
