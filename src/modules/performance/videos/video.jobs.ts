import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { VideoFileService } from './video-file.service';
import { VideoMaker } from './video-maker.service';
import { MAKE_VIDEO } from './video-request.service';
import { REMOVE_VIDEO_FILE } from './video-retention.jobs';

/** Who works off the jobs of videos. */
@Injectable()
export class VideoJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly maker: VideoMaker,
    private readonly files: VideoFileService,
  ) {}

  onModuleInit(): void {
    this.registry.register(MAKE_VIDEO, ({ videoId }) => this.maker.work(String(videoId)));
    this.registry.register(REMOVE_VIDEO_FILE, ({ videoId }) => this.files.remove(String(videoId)));
  }
}
