import { Injectable } from '@nestjs/common';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type SentSms, SmsSender } from 'src/common/outbound/outbound';

/** Production without a provider: an SMS is never claimed to have gone. */
@Injectable()
export class NoSms extends SmsSender {
  async send(): Promise<SentSms> {
    throw new DeliveryFailure('not_configured', true);
  }
}
