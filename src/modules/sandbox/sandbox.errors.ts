import { NotFoundError } from 'src/common/errors/domain.error';

/** No periodic job has this name. */
export class JobNotFound extends NotFoundError {
  readonly code = 'job_not_found';
}

/** No mail of this id is kept. */
export class SandboxMessageNotFound extends NotFoundError {
  readonly code = 'message_not_found';
}
