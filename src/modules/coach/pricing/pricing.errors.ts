import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such price, or another coach's. */
export class PricingNotFound extends NotFoundError {
  readonly code = 'pricing_not_found';
}

/** The price is that of a single session. */
export class NotAPackage extends UnprocessableError {
  readonly code = 'not_a_package';
}
