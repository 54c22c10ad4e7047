import { NotFoundError } from 'src/common/errors/domain.error';

export class FeedbackNotFound extends NotFoundError {
  readonly code = 'feedback_not_found';
}
