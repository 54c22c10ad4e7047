import { Injectable, Logger } from '@nestjs/common';
import { type Push, type PushOutcome, PushSender } from 'src/common/outbound/outbound';

/** As long as no push provider is configured, the inbox is where people see what a push would tell. */
@Injectable()
export class InboxOnlyPush extends PushSender {
  private readonly logger = new Logger(InboxOnlyPush.name);

  async send({ userId, data }: Push): Promise<PushOutcome> {
    this.logger.debug({ userId, type: data['type'] }, 'kept in the inbox only');
    return 'sent';
  }
}
