import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExerciseVideo } from 'src/modules/performance/entities/exercise-video.entity';
import { ExerciseModule } from 'src/modules/performance/exercises/exercise.module';
import { VideoController } from './video.controller';
import { VideoEventService } from './video-event.service';
import { VideoFileController } from './video-file.controller';
import { VideoFileService } from './video-file.service';
import { VideoJobs } from './video.jobs';
import { VideoMaker } from './video-maker.service';
import { VideoPersonalData } from './video.personal-data';
import { VideoProgress } from './video-progress.service';
import { VideoRequestService } from './video-request.service';
import { VideoRetentionJob } from './video-retention.jobs';
import { VideoReviewService } from './video-review.service';
import { VideoRepository } from './video.repository';
import { VideoWebhookController } from './video-webhook.controller';
import { VideoWorkRepository } from './video-work.repository';

/** Videos of exercises: asked for, made elsewhere, judged, shown. */
@Module({
  imports: [ExerciseModule, TypeOrmModule.forFeature([ExerciseVideo])],
  controllers: [VideoController, VideoFileController, VideoWebhookController],
  providers: [
    VideoEventService,
    VideoFileService,
    VideoJobs,
    VideoMaker,
    VideoPersonalData,
    VideoProgress,
    VideoRepository,
    VideoRequestService,
    VideoRetentionJob,
    VideoReviewService,
    VideoWorkRepository,
  ],
})
export class VideoModule {}
