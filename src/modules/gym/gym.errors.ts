import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such club, one that is not validated, or none of the own ones. */
export class GymNotFound extends NotFoundError {
  readonly code = 'gym_not_found';
}

/** All places are taken: 10 favourites, 20 work gyms. */
export class TooManyGyms extends UnprocessableError {
  readonly code = 'too_many_gyms';
}

/** The header of the file does not name the columns of an import. */
export class ImportFormatUnknown extends UnprocessableError {
  readonly code = 'import_format_unknown';
}
