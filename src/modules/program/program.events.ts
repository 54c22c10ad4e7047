import { DomainEvent } from 'src/common/events/domain-event';

/** A coach gave somebody a plan to train by. People are users.id. */
export class ProgramAssigned extends DomainEvent {
  readonly name = 'program.assigned.v1';

  /** @param startDate YYYY-MM-DD, in the client's zone */
  constructor(
    readonly assignmentId: string,
    readonly planId: string,
    readonly coachId: string,
    readonly clientId: string,
    readonly planName: string,
    readonly durationWeeks: number,
    readonly startDate: string,
    readonly at: Date,
  ) {
    super();
  }
}

/** A coach changed a plan that people train by. Told after the change, in parts: each names some of them. */
export class ProgramUpdated extends DomainEvent {
  readonly name = 'program.updated.v1';

  /**
   * @param editId of this change alone
   * @param clientIds who follows the plan, each in one part, once
   */
  constructor(
    readonly editId: string,
    readonly planId: string,
    readonly coachId: string,
    readonly clientIds: readonly string[],
    readonly planName: string,
    readonly at: Date,
  ) {
    super();
  }
}
