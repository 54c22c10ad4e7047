import { ConflictError, NotFoundError } from 'src/common/errors/domain.error';

export class DomainExists extends ConflictError {
  readonly code = 'domain_exists';
}

export class DomainNotFound extends NotFoundError {
  readonly code = 'domain_not_found';
}
