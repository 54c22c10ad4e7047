import { Injectable } from '@nestjs/common';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { SmsSender } from 'src/common/outbound/outbound';
import { AppConfig } from 'src/config/app-config';
import { PhoneCodeService } from 'src/modules/auth/phone/phone-code.service';
import { UserService } from 'src/modules/auth/user.service';
import { codeSmsText } from './code-sms.template';

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
    private readonly translator: Translator,
    private readonly sender: SmsSender,
    private readonly config: AppConfig,
  ) {}

  /**
   * What is of no use any more is not sent.
   *
   * @param isRepeat a former attempt may have arrived
   * @throws DeliveryFailure
   */
  async send({ userId, codeId, sealedCode }: CodeSms, isRepeat: boolean): Promise<void> {
    const reader = await this.users.findContact(userId);
    const opened = reader && (await this.codes.open(userId, codeId, sealedCode));
    if (!opened) return;
    const { phone, code, minutes, createdAt } = opened;
    const words = this.translator.text(languageOf(reader.locale), 'messaging.code_sms', { code, minutes });
    await this.sender.send({
      userId,
      to: phone,
      body: codeSmsText(words, this.config.smsAppHash),
      senderName: null,
      reference: codeId,
      firstTriedAt: isRepeat ? createdAt : null,
    });
  }
}
