import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such link, or somebody else's. */
export class LinkNotFound extends NotFoundError {
  readonly code = 'link_not_found';
}
/** One may have twenty. */
export class TooManyLinks extends UnprocessableError {
  readonly code = 'too_many_links';
}
export class PlatformNotFound extends NotFoundError {
  readonly code = 'platform_not_found';
}
/** Another platform has that slug. */
export class PlatformExists extends ConflictError {
  readonly code = 'platform_exists';
}
