import { Injectable } from '@nestjs/common';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import type { RangedFile } from 'src/common/http/ranged-file';
import { VideoStore } from 'src/common/storage/storage';
import { VideoRepository } from './video.repository';
import { isVideoName, typeOfVideo } from './video.rules';
import { VideoWorkRepository } from './video-work.repository';

/** The files of videos, and their end. */
@Injectable()
export class VideoFileService {
  constructor(
    private readonly videos: VideoRepository,
    private readonly work: VideoWorkRepository,
    private readonly store: VideoStore,
  ) {}

  /** @throws RouteNotFound */
  async find(name: string): Promise<RangedFile> {
    if (!isVideoName(name)) throw new RouteNotFound();
    const size = orThrow(await this.videos.sizeOfFile(name), RouteNotFound);
    return { contentType: typeOfVideo(name), size, open: (range) => this.store.open(name, range) };
  }

  /** Takes the file of a video that nobody is shown any more out of the store. @throws ServiceUnavailable */
  async remove(videoId: string): Promise<void> {
    const video = await this.videos.find(videoId);
    if (!video?.letGoAt || !video.fileName) return;
    await this.store.remove(video.fileName);
    await this.work.forgetFile(videoId);
  }
}
