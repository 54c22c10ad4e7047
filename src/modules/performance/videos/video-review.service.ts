import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { RejectVideoDto } from './video.dto';
import { InvalidTransition, VideoNotFound } from './video.errors';
import { type Video, VideoRepository } from './video.repository';
import { videoUrlOf } from './video.rules';
import { statusAfter } from './video.state';

/** Videos in the hands of an admin (contract §4.28). */
@Injectable()
export class VideoReviewService {
  constructor(
    private readonly videos: VideoRepository,
    private readonly exercises: ExerciseService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Those that are being made or wait for a verdict, oldest first. */
  async waiting(query: PageQuery): Promise<Rows<Video>> {
    return this.videos.waiting(query);
  }

  /** Shows it with its exercise, in the place of the one before. @throws VideoNotFound, InvalidTransition */
  @Transactional()
  async publish(me: Principal, id: string): Promise<Video> {
    const video = orThrow(await this.videos.lock(id), VideoNotFound);
    const status = orThrow(statusAfter(video.status, 'publish'), InvalidTransition);
    const fileName = orThrow(video.fileName, InvalidTransition);
    const now = this.clock.now();
    await this.videos.replace(video.exerciseTypeId, now);
    await this.exercises.showVideo(video.exerciseTypeId, videoUrlOf(fileName), now);
    await this.audit.write('video.published', { type: 'video', id });
    return this.videos.update(video, { status, validatedBy: me.userId, reviewedAt: now, updatedAt: now });
  }

  /** What is shown with the exercise stays. @throws VideoNotFound, InvalidTransition */
  @Transactional()
  async reject(me: Principal, id: string, { reason }: RejectVideoDto): Promise<Video> {
    const video = orThrow(await this.videos.lock(id), VideoNotFound);
    const status = orThrow(statusAfter(video.status, 'reject'), InvalidTransition);
    const now = this.clock.now();
    const verdict = { status, validatedBy: me.userId, rejectionReason: reason || null, reviewedAt: now };
    await this.audit.write('video.rejected', { type: 'video', id });
    return this.videos.update(video, { ...verdict, letGoAt: now, updatedAt: now });
  }
}
