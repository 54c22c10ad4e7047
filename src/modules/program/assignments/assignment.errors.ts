import { ForbiddenError, NotFoundError } from 'src/common/errors/domain.error';

/** Nothing is assigned to the person, or nothing that the caller may see. */
export class NoProgram extends NotFoundError {
  readonly code = 'no_program';
}
/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}
/** The two know each other, and do not train together now. */
export class NoCoachingRelation extends ForbiddenError {
  readonly code = 'no_coaching_relation';
}
