import { UnprocessableError } from 'src/common/errors/domain.error';

/** The account does not wait for its deletion, or it is too late. */
export class NoDeletionRequested extends UnprocessableError {
  readonly code = 'no_deletion_requested';
}
