import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { Feedback } from './entities/feedback.entity';
import { FEEDBACK_STATUSES, FEEDBACK_TYPES, type FeedbackStatus, type FeedbackType } from './feedback.types';

/** What somebody wrote, as he sees it himself. */
export class FeedbackResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: the account was erased' })
  user_id: string | null;
  @ApiProperty({ enum: FEEDBACK_TYPES })
  type: FeedbackType;
  title: string;
  description: string;
  app_version: string | null;
  platform: string | null;
  @ApiProperty({ enum: FEEDBACK_STATUSES })
  status: FeedbackStatus;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(feedback: Feedback): FeedbackResponse {
    return {
      id: feedback.id,
      user_id: feedback.userId,
      type: feedback.type,
      title: feedback.title,
      description: feedback.description,
      app_version: feedback.appVersion,
      platform: feedback.platform,
      status: feedback.status,
      created_at: wireInstant(feedback.createdAt),
      updated_at: wireInstant(feedback.updatedAt),
    };
  }
}

/** The same for administrators, with what they noted among themselves. */
export class HandledFeedbackResponse extends FeedbackResponse {
  admin_note: string | null;

  static override from(feedback: Feedback): HandledFeedbackResponse {
    return { ...FeedbackResponse.from(feedback), admin_note: feedback.adminNote };
  }
}

export class FeedbackPage extends PageResponse(FeedbackResponse) {}
export class HandledFeedbackPage extends PageResponse(HandledFeedbackResponse) {}
