import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No plan of that id, or none that the caller may see or change. */
export class PlanNotFound extends NotFoundError {
  readonly code = 'plan_not_found';
}
/** It can no longer be changed or assigned. */
export class PlanArchived extends UnprocessableError {
  readonly code = 'plan_archived';
}
export class PlanAlreadyArchived extends UnprocessableError {
  readonly code = 'plan_already_archived';
}
