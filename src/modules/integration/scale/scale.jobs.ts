import { Injectable } from '@nestjs/common';
import { bestEffort } from 'src/common/jobs/best-effort';
import { inBatches } from 'src/common/jobs/in-batches';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { Periodic } from 'src/common/jobs/periodic';
import { ScaleSyncRepository } from './scale-sync.repository';
import { ScaleWorkService } from './scale-work.service';
import { EVERY_SIX_HOURS, READ_SCALE, ScaleSyncService, SUBSCRIBE_SCALE } from './scale-sync.service';

/** Reads the scales of everybody who is connected (rules §8), and works off what that takes. */
@Injectable()
export class ScaleJobs extends Periodic('sync_scales', EVERY_SIX_HOURS) {
  constructor(
    private readonly scales: ScaleSyncService,
    private readonly work: ScaleWorkService,
    private readonly syncs: ScaleSyncRepository,
    private readonly registry: JobRegistry,
  ) {
    super();
  }

  override onModuleInit(): void {
    super.onModuleInit();
    this.registry.register(
      READ_SCALE,
      bestEffort(READ_SCALE, ({ userId }) => this.work.read(String(userId))),
    );
    this.registry.register(SUBSCRIBE_SCALE, ({ userId }) => this.work.subscribe(String(userId)));
  }

  async nextDue(): Promise<Date | null> {
    return this.syncs.nextDue();
  }

  async run(): Promise<number> {
    return inBatches((limit) => this.scales.queueDue(limit));
  }
}
