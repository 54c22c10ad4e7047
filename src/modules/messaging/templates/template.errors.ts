import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such template, or another coach's. */
export class TemplateNotFound extends NotFoundError {
  readonly code = 'template_not_found';
}
/** A coach has at most five. */
export class MaxTemplatesReached extends UnprocessableError {
  readonly code = 'max_templates_reached';
}
/** One must remain. */
export class LastTemplate extends UnprocessableError {
  readonly code = 'last_template';
}
