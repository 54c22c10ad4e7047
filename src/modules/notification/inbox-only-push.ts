import { Injectable, Logger } from '@nestjs/common';
import { type Push, PushSender } from 'src/common/outbound/outbound';

/** As long as no push provider is configured, the inbox is where people see what a push would tell. */
@Injectable()
export class InboxOnlyPush extends PushSender {
  private readonly logger = new Logger(InboxOnlyPush.name);

  async send({ userId, data }: Push): Promise<void> {
    this.logger.debug({ userId, type: data['type'] }, 'kept in the inbox only');
  }
}
