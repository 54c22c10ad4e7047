import { NotFoundError } from 'src/common/errors/domain.error';

/** No such price, or another coach's. */
export class PricingNotFound extends NotFoundError {
  readonly code = 'pricing_not_found';
}
