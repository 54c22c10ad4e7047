import { Injectable } from '@nestjs/common';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { PhotoService, REMOVE_PHOTO, STRAY_MS } from './photo.service';

/** Takes pictures away that nobody shows. */
@Injectable()
export class PhotoJobs extends RetentionJob {
  constructor(
    private readonly photos: PhotoService,
    private readonly registry: JobRegistry,
  ) {
    super();
  }

  override onModuleInit(): void {
    super.onModuleInit();
    this.registry.register(REMOVE_PHOTO, ({ name }) => this.photos.remove(String(name)));
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.photos.oldestStray(),
        forMs: STRAY_MS,
        letGoUntil: (end, limit, before) => this.photos.sweep(end, limit, before),
      },
    ];
  }
}
