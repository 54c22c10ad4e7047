import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { AppConfig } from 'src/config/app-config';
import { type CodeToSend, PhoneCodeService } from 'src/modules/auth/phone/phone-code.service';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { codeSmsText } from './code-sms.template';
import { saysOptedOut } from './sms-failure.rules';
import { SmsOptOutRepository } from './sms-opt-out.repository';

/** The payload of its job. */
export interface CodeSms {
  userId: string;
  codeId: string;
  sealedCode: string;
}

/** Sends the codes that prove a number. They are no coach's SMS: they stand in no log, and no quota counts them. */
@Injectable()
export class CodeSmsService {
  constructor(
    private readonly users: UserService,
    private readonly codes: PhoneCodeService,
    private readonly optOuts: SmsOptOutRepository,
    private readonly translator: Translator,
    private readonly sender: SmsSender,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * What is of no use any more is not sent, and nothing to a number that wants no SMS: its owner can have them again by
   * answering START.
   *
   * @throws DeliveryFailure
   */
  async send({ userId, codeId, sealedCode }: CodeSms): Promise<void> {
    const reader = await this.users.findContact(userId);
    const opened = reader && (await this.codes.open(reader, codeId, sealedCode));
    if (!opened || (await this.optOuts.among([opened.phone])).size > 0) return;
    await this.codes.noteFirstTry(userId, codeId, opened.firstTriedAt ?? this.clock.now());
    try {
      await this.sender.send(this.outgoing(reader, codeId, opened));
    } catch (error) {
      // The provider knows that the number wants none. That is no failed delivery: nobody is to try it again.
      if (error instanceof DeliveryFailure && saysOptedOut(error.code))
        return this.optOuts.add(opened.phone, this.clock.now());
      // Whoever had to wait has not been near the provider.
      if (error instanceof ProviderPaused) await this.codes.noteFirstTry(userId, codeId, opened.firstTriedAt);
      throw error;
    }
  }

  private outgoing({ id, locale }: Contact, codeId: string, opened: CodeToSend): Sms {
    const { phone, code, minutes, firstTriedAt } = opened;
    const words = this.translator.text(languageOf(locale), 'messaging.code_sms', { code, minutes });
    return {
      userId: id,
      to: phone,
      body: codeSmsText(words, this.config.smsAppHash),
      senderName: null,
      reference: codeId,
      isUrgent: true,
      firstTriedAt,
    };
  }
}
