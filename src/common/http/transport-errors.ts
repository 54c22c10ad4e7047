import { BadRequestError, DomainError } from 'src/common/errors/domain.error';

/** A key does not belong in a URL: proxies, browsers and logs keep URLs. */
export class ApiKeyInQuery extends BadRequestError {
  readonly code = 'api_key_in_query';
}

/** The body is of a kind that no route takes. */
export class UnsupportedMediaType extends DomainError {
  readonly kind = 'unsupported_media';
  readonly code = 'unsupported_media_type';
}

/** A file beyond the limit of its route. */
export class FileTooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'file_too_large';
}
