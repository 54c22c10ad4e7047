import type { Twilio } from 'twilio';
import { MINUTE_MS } from 'src/common/clock/durations';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type SentSms, type Sms, SmsSender } from 'src/common/outbound/outbound';
import type { TwilioSettings } from 'src/config/app-config';
import { ANSWER_MS, bounded } from './twilio-http';
import type { TwilioRepository } from './twilio.repository';
import { MESSAGE_SID, nameFor, refusesName } from './twilio.rules';

/** More than anybody is ever sent within the time that a message is tried in. */
const LOOKED_AT = 50;
/** Clocks of two providers are not one. */
const SKEW_MS = 5 * MINUTE_MS;

/** The way out through Twilio. */
export class TwilioSms extends SmsSender {
  private constructor(
    private readonly client: Twilio,
    private readonly settings: TwilioSettings,
    private readonly statusUrl: string,
    private readonly shared: TwilioRepository,
  ) {
    super();
  }

  /**
   * The SDK is loaded only where there is an account.
   *
   * @param statusUrl where Twilio reports what became of a message
   */
  static async of(settings: TwilioSettings, statusUrl: string, shared: TwilioRepository): Promise<TwilioSms> {
    const { default: twilio } = await import('twilio');
    const httpClient = bounded(new twilio.RequestClient({ timeout: ANSWER_MS }), settings.baseUrl);
    const client = twilio(settings.accountSid, settings.authToken, { httpClient });
    return new TwilioSms(client, settings, statusUrl, shared);
  }

  /**
   * Twilio has no key that makes a repeat harmless. So after an attempt whose answer may have been lost, its own list
   * is asked first whether the message is there.
   *
   * @throws DeliveryFailure
   */
  async send(sms: Sms): Promise<SentSms> {
    const found = sms.firstTriedAt === null ? null : await this.arrived(sms, sms.firstTriedAt);
    return found ?? this.hand(sms);
  }

  private async hand(sms: Sms): Promise<SentSms> {
    const name = nameFor(sms.to, sms.senderName);
    if (name === null) return this.create(sms, this.ownSender());
    return this.create(sms, { from: name }).catch((error: unknown) => {
      if (error instanceof DeliveryFailure && refusesName(error.code)) return this.create(sms, this.ownSender());
      throw error;
    });
  }

  private async create(
    { to, body, reference }: Sms,
    sender: { from: string } | { messagingServiceSid: string },
  ): Promise<SentSms> {
    const statusCallback = `${this.statusUrl}?sms=${encodeURIComponent(reference)}`;
    const message = await understood(this.client.messages.create({ to, body, statusCallback, ...sender }));
    if (!MESSAGE_SID.test(message.sid)) throw new DeliveryFailure('twilio answer', false);
    return { providerMessageId: message.sid };
  }

  /** The message of a former attempt, if it went. Not yet sent ones have no date of sending, so that is not asked for. */
  private async arrived({ to, body }: Sms, firstTriedAt: Date): Promise<SentSms | null> {
    const sent = await understood(this.client.messages.list({ to, limit: LOOKED_AT, pageSize: LOOKED_AT }));
    // What cannot be read may be the very message.
    if (!sent.every(isWhole)) throw new DeliveryFailure('twilio answer', false);
    const since = new Date(firstTriedAt.getTime() - SKEW_MS);
    const alike = sent.filter((one) => one.to === to && one.body === body && one.dateCreated >= since);
    const taken = await this.shared.takenIds(alike.map(({ sid }) => sid));
    const found = alike.find(({ sid }) => !taken.has(sid));
    if (!found) return null;
    if (found.status === 'failed' || found.status === 'undelivered')
      throw new DeliveryFailure(`twilio ${found.errorCode || found.status}`, true);
    return { providerMessageId: found.sid };
  }

  private ownSender(): { from: string } | { messagingServiceSid: string } {
    const { from } = this.settings;
    return from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  }
}

/** The SDK believes every record of a list to be what it is declared to be. */
function isWhole({ sid, body, dateCreated }: Readonly<Record<'sid' | 'body' | 'dateCreated', unknown>>): boolean {
  const isDate = dateCreated instanceof Date && !Number.isNaN(dateCreated.getTime());
  return typeof sid === 'string' && MESSAGE_SID.test(sid) && typeof body === 'string' && isDate;
}

/** An answer that the SDK could not read breaks it in its own ways, and quotes what it could not read. */
async function understood<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof DeliveryFailure ? error : new DeliveryFailure('twilio answer', false);
  }
}
