import { Choice, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { FEEDBACK_STATUSES, FEEDBACK_TYPES, type FeedbackStatus, type FeedbackType } from './feedback.types';

const LONGEST_TEXT = 5_000;

export class GiveFeedbackDto {
  @Choice(FEEDBACK_TYPES)
  type: FeedbackType;

  @Text({ min: 1, max: 200 })
  title: string;

  @Text({ min: 1, max: LONGEST_TEXT, multiline: true })
  description: string;

  @Nullable()
  @Text({ max: 30 })
  app_version?: string | null;

  /** `ios`, `android`, or whatever the app runs on. */
  @Nullable()
  @Text({ max: 30 })
  platform?: string | null;
}

export class FeedbackQuery extends PageQuery {
  @Optional()
  @Choice(FEEDBACK_TYPES)
  type?: FeedbackType;

  @Optional()
  @Choice(FEEDBACK_STATUSES)
  status?: FeedbackStatus;
}

export class HandleFeedbackDto {
  @Optional()
  @Choice(FEEDBACK_STATUSES)
  status?: FeedbackStatus;

  /** Read by administrators only. */
  @Nullable()
  @Text({ max: LONGEST_TEXT, multiline: true })
  admin_note?: string | null;
}
