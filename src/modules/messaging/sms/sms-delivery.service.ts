import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { saysOptedOut } from './sms-failure.rules';
import { MessageOutdated } from './sms.errors';
import { SmsOptOutRepository } from './sms-opt-out.repository';
import { SmsRepository } from './sms.repository';
import { isOutdated, whyNotSent } from './sms.rules';
import type { HeldSms } from './sms.types';

/** Longer than sending one can take: a second for its turn, and 30 s of patience with the provider. */
const LEASE_SECONDS = 60;

/** Sends what the register has written (rules §10). A failed SMS undoes nothing. */
@Injectable()
export class SmsDelivery {
  constructor(
    private readonly messages: SmsRepository,
    private readonly optOuts: SmsOptOutRepository,
    private readonly sender: SmsSender,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends one that is still to be sent. One that must not leave any more becomes failed, without a word to the provider.
   *
   * @throws DeliveryFailure and the job is tried again; also while another process is sending it
   */
  async send(smsId: string): Promise<void> {
    const now = this.clock.now();
    const sms = await this.messages.hold(smsId, now, LEASE_SECONDS);
    if (!sms) return this.leave(smsId);
    const refusal = whyNotSent(sms, now);
    if (refusal) return this.messages.markFailed(smsId, refusal);
    try {
      const { providerMessageId } = await this.sender.send(outgoing(sms));
      await this.messages.markSent(smsId, providerMessageId, this.clock.now());
    } catch (error) {
      if (error instanceof DeliveryFailure && saysOptedOut(error.code)) return this.withdraw(sms);
      // Whoever had to wait has not been near the provider.
      await this.messages.release(sms, error instanceof ProviderPaused ? sms.firstTriedAt : (sms.firstTriedAt ?? now));
      throw error;
    }
  }

  /** It was tried as often as it may be. */
  async parked(smsId: string, errorCode: string): Promise<void> {
    await this.messages.markFailed(smsId, errorCode);
  }

  /** An administrator wants it tried again. @throws MessageOutdated when it would not leave any more */
  async replayed(smsId: string): Promise<void> {
    const sms = await this.messages.find(smsId);
    if (sms && isOutdated(sms, this.clock.now())) throw new MessageOutdated();
    await this.messages.reopen(smsId);
  }

  async describe(smsId: string): Promise<{ type: string; userId: string | null }> {
    return { type: 'coach_sms', userId: (await this.messages.find(smsId))?.clientId ?? null };
  }

  /** Settled already, or in the hands of another process: then this one comes again, should the other one end. */
  private async leave(smsId: string): Promise<void> {
    const sms = await this.messages.find(smsId);
    if (sms?.status === 'pending') throw new DeliveryFailure('being_sent', false, LEASE_SECONDS * 1_000);
  }

  /** The provider knows that the number wants none. That is no failed delivery: nobody is to try it again. */
  @Transactional()
  private async withdraw({ id, phone }: HeldSms): Promise<void> {
    await this.optOuts.add(phone, this.clock.now());
    await this.messages.markFailed(id, 'opted_out');
  }
}

function outgoing({ id, clientId, phone, body, senderName, firstTriedAt }: HeldSms): Sms {
  return { userId: clientId, to: phone, body, senderName, reference: id, isUrgent: false, firstTriedAt };
}
