import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { ANNOUNCE_PLAN_EDIT, PlanEditAnnouncer } from './plan-edit-announcer.service';

/** Who works off the jobs about plans. */
@Injectable()
export class PlanJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly announcer: PlanEditAnnouncer,
  ) {}

  onModuleInit(): void {
    this.registry.register(ANNOUNCE_PLAN_EDIT, ({ editId, planId, until, at }) =>
      this.announcer.announce({
        ...{ editId: String(editId), planId: String(planId), until: String(until) },
        at: new Date(Number(at)),
      }),
    );
  }
}
