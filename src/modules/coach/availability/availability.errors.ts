import { ConflictError, NotFoundError } from 'src/common/errors/domain.error';

/** No such range, or another coach's. */
export class AvailabilityNotFound extends NotFoundError {
  readonly code = 'availability_not_found';
}

/** Two ranges of a day may touch, not overlap. */
export class AvailabilityOverlap extends ConflictError {
  readonly code = 'availability_overlap';
}
