import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { PerformanceRecorded } from 'src/modules/performance/performance.events';
import { TargetAdjuster } from './target-adjuster.service';

/** What is imported tells nobody, and so moves no target (rules §11.5, §16.2). */
@Injectable()
export class ProgressionListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly adjuster: TargetAdjuster,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(PerformanceRecorded, 'program', (event) => this.adjuster.lookAt(event));
  }
}
