import { NotFoundError } from 'src/common/errors/domain.error';

/** The caller has not answered the questionnaire yet. */
export class QuestionnaireNotFound extends NotFoundError {
  readonly code = 'questionnaire_not_found';
}
