import { ForbiddenError } from 'src/common/errors/domain.error';

/** The client does not share performances with this coach. */
export class SharingDisabled extends ForbiddenError {
  readonly code = 'sharing_disabled';
}
