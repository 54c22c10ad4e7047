import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Clock } from 'src/common/clock/clock';
import { isPhone } from 'src/common/http/domain-fields';
import { WebhookInbox } from 'src/common/webhooks/webhook-inbox';
import { saysOptedOut } from './sms-failure.rules';
import { SmsOptOutRepository } from './sms-opt-out.repository';
import { SmsReportRepository } from './sms-report.repository';
import { reportOf, type Wish, wishOf } from './sms-report.rules';
import type { TwilioInboundDto, TwilioStatusDto } from './twilio.dto';

const PROVIDER = 'twilio';
/** TwiML of nothing to say. */
const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Hears what Twilio reports. The same report twice, or an older one after a newer one, changes nothing more. */
@Injectable()
export class SmsReportService {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly reports: SmsReportRepository,
    private readonly optOuts: SmsOptOutRepository,
    private readonly clock: Clock,
  ) {}

  /** @param reference what we called the message; messages that are no SMS of coaches are passed over */
  async status(event: TwilioStatusDto, reference: string | undefined): Promise<void> {
    const { MessageSid, MessageStatus } = event;
    await this.inbox.once(PROVIDER, `status ${MessageSid} ${MessageStatus}`, () =>
      this.settle(event, isUUID(reference, 'loose') ? (reference ?? null) : null),
    );
  }

  /** Switches the number off or on, where that is what the words want. Returns the TwiML to answer. */
  async inbound({ MessageSid, From, Body, OptOutType }: TwilioInboundDto): Promise<string> {
    const wish = wishOf(OptOutType ?? '') ?? wishOf(Body ?? '');
    if (wish !== null && isPhone(From))
      await this.inbox.once(PROVIDER, `inbound ${MessageSid}`, () => this.follow(wish, From));
    return SILENCE;
  }

  private async follow(wish: Wish, phone: string): Promise<void> {
    if (wish === 'stop') await this.optOuts.add(phone, this.clock.now());
    else await this.optOuts.remove(phone);
  }

  private async settle({ MessageSid, MessageStatus, ErrorCode }: TwilioStatusDto, id: string | null): Promise<void> {
    const report = reportOf(MessageStatus);
    if (report === 'taken') await this.reports.markTaken(MessageSid, id, this.clock.now());
    if (report !== 'lost') return;
    const code = `twilio ${ErrorCode || MessageStatus}`;
    const phone = await this.reports.markLost(MessageSid, id, code);
    if (phone !== null && saysOptedOut(code)) await this.optOuts.add(phone, this.clock.now());
  }
}
