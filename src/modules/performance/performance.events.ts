import { DomainEvent } from 'src/common/events/domain-event';

/** Somebody's training was written down, by himself or by a coach. An import tells nobody. People are users.id. */
export class PerformanceRecorded extends DomainEvent {
  readonly name = 'performance.recorded.v1';

  /**
   * @param enteredBy the coach who wrote it; null = the owner
   * @param bookingId the booked session that it was
   * @param exerciseTypeIds what was done, each once
   */
  constructor(
    readonly sessionId: string,
    readonly ownerId: string,
    readonly enteredBy: string | null,
    readonly bookingId: string | null,
    readonly exerciseTypeIds: readonly string[],
    readonly trainedAt: Date,
    readonly at: Date,
  ) {
    super();
  }
}

/** A new session has a weight that no other session of its owner reaches, in one exercise. */
export class PersonalRecordSet extends DomainEvent {
  readonly name = 'performance.personal-record-set.v1';

  /**
   * @param ownerId users.id
   * @param exerciseName in the language of the owner
   * @param weightKg with at most two decimals
   */
  constructor(
    readonly sessionId: string,
    readonly ownerId: string,
    readonly exerciseTypeId: string,
    readonly exerciseName: string,
    readonly weightKg: number,
    readonly at: Date,
  ) {
    super();
  }
}

/** Somebody says that what a coach entered for him is not right. */
export class PerformanceErrorReported extends DomainEvent {
  readonly name = 'performance.error-reported.v1';

  /**
   * @param coachId users.id of the author
   * @param message what the owner writes; null = nothing
   */
  constructor(
    readonly sessionId: string,
    readonly ownerId: string,
    readonly coachId: string,
    readonly trainedAt: Date,
    readonly message: string | null,
    readonly at: Date,
  ) {
    super();
  }
}
