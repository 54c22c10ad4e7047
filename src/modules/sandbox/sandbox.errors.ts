import { NotFoundError } from 'src/common/errors/domain.error';

/** No periodic job has this name. */
export class JobNotFound extends NotFoundError {
  readonly code = 'job_not_found';
}
