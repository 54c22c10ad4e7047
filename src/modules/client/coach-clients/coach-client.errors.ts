import { NotFoundError } from 'src/common/errors/domain.error';

/** Nobody of that id has a relation with this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}
