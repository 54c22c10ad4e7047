import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such certification, or another coach's. */
export class CertificationNotFound extends NotFoundError {
  readonly code = 'certification_not_found';
}

/** What was found to be true is neither judged again nor refused. */
export class CertificationAlreadyValidated extends UnprocessableError {
  readonly code = 'already_validated';
}
