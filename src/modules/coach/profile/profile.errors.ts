import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** The coach has not made his profile yet. */
export class CoachProfileNotFound extends NotFoundError {
  readonly code = 'coach_profile_not_found';
}

/** A coach has one profile. */
export class CoachProfileExists extends ConflictError {
  readonly code = 'coach_profile_exists';
}

/** A discovery session that is not free needs a price. */
export class DiscoveryPriceRequired extends UnprocessableError {
  readonly code = 'discovery_price_required';
}

/** The coach does not have this specialty. */
export class SpecialtyNotFound extends NotFoundError {
  readonly code = 'specialty_not_found';
}

/** Nobody of that id is a coach. */
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
