import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such machine, or none that is shown. */
export class MachineNotFound extends NotFoundError {
  readonly code = 'machine_not_found';
}

/** A machine that is validated, or awaits its review, has this QR code. */
export class QrCodeExists extends ConflictError {
  readonly code = 'qr_code_exists';
}

/** A machine is judged once. */
export class MachineAlreadyReviewed extends UnprocessableError {
  readonly code = 'already_validated';
}
