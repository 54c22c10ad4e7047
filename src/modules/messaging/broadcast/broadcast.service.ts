import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { Settling } from 'src/common/transaction/settling';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { type BatchState, type SmsDraft, SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { SMS_A_DAY } from 'src/modules/messaging/sms/sms.rules';
import { MessageChoiceService } from 'src/modules/messaging/templates/message-choice.service';
import { AudienceService } from './audience.service';
import type { BroadcastDto } from './broadcast.dto';
import { SmsQuotaExceeded } from './broadcast.errors';
import { secondsUntilNextDay } from './broadcast.rules';
import { ReachService } from './reach.service';

/** How far a broadcast is; those who were meant are `sent + failed + pending + noPhone + optedOut`. */
export interface BroadcastState {
  totalRecipients: number;
  sent: number;
  /** Refused by the provider, or beyond what was left of the day, the coach's or the number's. */
  failed: number;
  pending: number;
  noPhone: number;
  optedOut: number;
}

/** Whom a message would go to, each in his own words. */
export interface Outline {
  templateId: string | null;
  drafts: SmsDraft[];
  totalRecipients: number;
  noPhone: number;
  optedOut: number;
}

interface Written {
  batchId: string;
  state: BroadcastState;
  /** Those of `failed` that no SMS was written to. */
  unwritten: number;
}

/** One message of a coach to many of his clients, by SMS (rules §10). */
@Injectable()
export class BroadcastService {
  constructor(
    private readonly coaches: CoachService,
    private readonly messages: MessageChoiceService,
    private readonly audiences: AudienceService,
    private readonly reaches: ReachService,
    private readonly sms: SmsRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes one SMS to each who can be reached, as many as are left of the coach's day; they are sent after the commit.
   * What is settled within 5 s counts as sent or failed.
   *
   * @throws CoachProfileNotFound, TemplateNotFound, SmsQuotaExceeded when nothing is left of the day
   */
  async send(me: Principal, dto: BroadcastDto): Promise<Settling<BroadcastState>> {
    const { batchId, state, unwritten } = await this.write(me, dto);
    const later = async (): Promise<BroadcastState> => settled(state, unwritten, await this.sms.settled(batchId));
    return new Settling(state, state.pending > 0 ? later : null);
  }

  /** What `send` would do. @throws CoachProfileNotFound, TemplateNotFound */
  async outline(me: Principal, dto: BroadcastDto): Promise<Outline> {
    await this.coaches.assertProfile(me.userId);
    const message = await this.messages.choose(me.userId, dto);
    if (!message) throw new ValidationFailed([{ field: 'custom_message', code: 'message_required' }]);
    const audience = await this.audiences.of(me, dto);
    const count = (wanted: string): number => audience.people.filter(({ reach }) => reach === wanted).length;
    return {
      templateId: message.templateId,
      drafts: this.reaches.drafts(message.body, audience, { isAboutSession: dto.scope === 'day' }),
      totalRecipients: audience.people.length,
      noPhone: count('no_phone'),
      optedOut: count('opted_out'),
    };
  }

  @Transactional()
  private async write(me: Principal, dto: BroadcastDto): Promise<Written> {
    const { templateId, drafts, ...counts } = await this.outline(me, dto);
    const batch = { id: randomUUID(), coachId: me.userId, templateId };
    const { beyondQuota, beyondNumber } = await this.sms.write(batch, drafts);
    const unwritten = beyondQuota.length;
    if (unwritten > 0 && unwritten === drafts.length) throw this.nothingLeft();
    const failed = unwritten + beyondNumber.length;
    return { batchId: batch.id, state: { ...counts, sent: 0, failed, pending: drafts.length - failed }, unwritten };
  }

  private nothingLeft(): SmsQuotaExceeded {
    const reset = secondsUntilNextDay(this.clock.now());
    return new SmsQuotaExceeded({ allowed: false, limit: SMS_A_DAY, remaining: 0, reset });
  }
}

/** @param written what was known when it was written */
function settled(written: BroadcastState, unwritten: number, { sent, failed, pending }: BatchState): BroadcastState {
  return { ...written, sent, failed: unwritten + failed, pending };
}
