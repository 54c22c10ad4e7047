import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import { PhoneCodeRequested } from 'src/modules/auth/auth.events';
import { SEND_CODE_SMS } from './code-sms.jobs';

/** Has the codes sent that prove a number. The number stays in its table: who sends looks it up. */
@Injectable()
export class CodeSmsListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(PhoneCodeRequested, 'messaging', ({ userId, codeId, sealedCode }) =>
      this.jobs.add(SEND_CODE_SMS, { userId, codeId, sealedCode }, { isUrgent: true }),
    );
  }
}
