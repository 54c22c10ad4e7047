import { Injectable, type OnModuleInit } from '@nestjs/common';
import { bestEffort } from 'src/common/jobs/best-effort';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { ACTIVITY_ASPECTS } from './strava-event.rules';
import { StravaEventService } from './strava-event.service';
import { CHECK_STRAVA_ACCESS, READ_STRAVA_ACTIVITY } from './strava-webhook.service';

/** Who works off what Strava has told. */
@Injectable()
export class StravaJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly events: StravaEventService,
  ) {}

  onModuleInit(): void {
    this.registry.register(
      READ_STRAVA_ACTIVITY,
      bestEffort(READ_STRAVA_ACTIVITY, async ({ userId, activityId, aspect }) => {
        const known = ACTIVITY_ASPECTS.find((one) => one === aspect);
        if (known) await this.events.read(String(userId), String(activityId), known);
      }),
    );
    this.registry.register(CHECK_STRAVA_ACCESS, ({ userId }) => this.events.check(String(userId)));
  }
}
