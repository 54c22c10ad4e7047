import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { videoUrlOf } from './video.rules';
import type { Video } from './video.repository';
import { VIDEO_STATUSES, type VideoStatus } from './video.types';

/** One attempt at the video of an exercise. */
export class ExerciseVideoResponse {
  id: string;
  exercise_type_id: string;
  exercise_slug: string;
  /** Of the file, as soon as there is one; it goes a day after it was rejected, or another one took its place. */
  video_url: string | null;
  @ApiProperty({ enum: VIDEO_STATUSES })
  status: VideoStatus;
  /** What was asked for. */
  generated_prompt: string | null;
  @ApiInstant({ nullable: true })
  generated_at: string | null;
  /** The admin who published or rejected it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  validated_by: string | null;
  rejection_reason: string | null;

  static from(video: Video): ExerciseVideoResponse {
    const { fileName, generatedAt } = video;
    return {
      id: video.id,
      exercise_type_id: video.exerciseTypeId,
      exercise_slug: video.exerciseSlug,
      video_url: fileName !== null && generatedAt !== null ? videoUrlOf(fileName) : null,
      status: video.status,
      generated_prompt: video.generatedPrompt,
      generated_at: wireInstantOrNull(generatedAt),
      validated_by: video.validatedBy,
      rejection_reason: video.rejectionReason,
    };
  }
}

export class ExerciseVideoPage extends PageResponse(ExerciseVideoResponse) {}
