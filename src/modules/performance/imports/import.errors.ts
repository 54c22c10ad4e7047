import { UnprocessableError } from 'src/common/errors/domain.error';

/** The header of the file is that of no app we know. */
export class ImportFormatUnknown extends UnprocessableError {
  readonly code = 'import_format_unknown';
}
