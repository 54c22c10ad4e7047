import { setTimeout as pause } from 'node:timers/promises';
import { type SentSms, type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import type { ProviderTurnRepository } from 'src/common/outbound/provider-turn.repository';

/** For longer a job does not stand in the way of others. */
const PATIENCE_MS = 1_000;
/** Somebody waits for an urgent one with the phone in his hand: he does not stand behind a broadcast. */
const LINES = { plain: 'twilio', urgent: 'twilio urgent' };

/**
 * Hands over so many SMS a second, all processes together, in the order in which they first came. Whose turn is not near
 * comes back for that very turn.
 */
export class PacedSms extends SmsSender {
  constructor(
    private readonly texts: SmsSender,
    private readonly messagesPerSecond: number,
    private readonly turns: ProviderTurnRepository,
  ) {
    super();
  }

  /** @throws ProviderPaused until shortly before its turn, DeliveryFailure */
  async send(sms: Sms): Promise<SentSms> {
    const line = sms.isUrgent ? LINES.urgent : LINES.plain;
    const waitMs = await this.turns.take(line, sms.reference, 1_000 / this.messagesPerSecond, PATIENCE_MS);
    if (waitMs > PATIENCE_MS) throw new ProviderPaused(waitMs - PATIENCE_MS, { isAppointed: true });
    if (waitMs > 0) await pause(waitMs);
    return this.texts.send(sms);
  }
}
