import { DomainEvent } from 'src/common/events/domain-event';
import type { AdjustmentReasonKey } from './adjustment-reason.types';

/** What somebody trained has moved a target weight of his. */
export class TargetAdjusted extends DomainEvent {
  readonly name = 'program.target-adjusted.v1';

  /**
   * @param clientId users.id
   * @param exerciseName in the language of the client
   * @param toKg the new target, with at most two decimals
   * @param sessionId what was written down
   */
  constructor(
    readonly assignmentId: string,
    readonly clientId: string,
    readonly exerciseTypeId: string,
    readonly exerciseName: string,
    readonly toKg: number,
    readonly reason: AdjustmentReasonKey,
    readonly sessionId: string,
    readonly at: Date,
  ) {
    super();
  }
}
