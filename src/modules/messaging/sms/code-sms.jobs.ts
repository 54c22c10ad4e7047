import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JobPayload } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type CodeSms, CodeSmsService } from './code-sms.service';

export const SEND_CODE_SMS = 'send_code_sms';

/** Who works off the codes that are to be sent. */
@Injectable()
export class CodeSmsJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly codes: CodeSmsService,
  ) {}

  onModuleInit(): void {
    this.registry.register(SEND_CODE_SMS, (payload) => this.codes.send(codeSmsOf(payload)), {
      channel: 'sms',
      describe: async (payload) => ({ type: 'phone_verification', userId: codeSmsOf(payload).userId }),
    });
  }
}

/** What the listener wrote into the job. */
function codeSmsOf({ userId, codeId, sealedCode }: JobPayload): CodeSms {
  return { userId: String(userId), codeId: String(codeId), sealedCode: String(sealedCode) };
}
