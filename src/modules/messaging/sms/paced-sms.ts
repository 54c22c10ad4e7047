import { setTimeout as pause } from 'node:timers/promises';
import { type SentSms, type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import type { TwilioRepository } from './twilio.repository';

/** For longer a job does not stand in the way of others. */
const PATIENCE_MS = 1_000;

/** Hands over so many SMS a second, all processes together. Whose turn is not near comes back for it. */
export class PacedSms extends SmsSender {
  constructor(
    private readonly texts: SmsSender,
    private readonly messagesPerSecond: number,
    private readonly shared: TwilioRepository,
  ) {
    super();
  }

  /** @throws ProviderPaused until there is a place, DeliveryFailure */
  async send(sms: Sms): Promise<SentSms> {
    const waitMs = await this.shared.takePlace(1_000 / this.messagesPerSecond, PATIENCE_MS);
    if (waitMs > PATIENCE_MS) throw new ProviderPaused(waitMs);
    if (waitMs > 0) await pause(waitMs);
    return this.texts.send(sms);
  }
}
