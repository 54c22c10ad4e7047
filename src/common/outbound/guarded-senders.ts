import {
  type Mail,
  Mailer,
  type Push,
  type PushOutcome,
  PushSender,
  type SentSms,
  type Sms,
  SmsSender,
} from './outbound';
import type { ProviderGuard } from './provider-guard';

/** A mailer whose server is left alone while it fails. */
export class GuardedMailer extends Mailer {
  constructor(
    private readonly mailer: Mailer,
    private readonly guard: ProviderGuard,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await this.guard.run(mail.messageId, () => this.mailer.send(mail));
  }
}

/** A sender of pushes whose provider is left alone while it fails. */
export class GuardedPushSender extends PushSender {
  constructor(
    private readonly pushes: PushSender,
    private readonly guard: ProviderGuard,
  ) {
    super();
  }

  async send(push: Push): Promise<PushOutcome> {
    return this.guard.run(push.collapseId, () => this.pushes.send(push));
  }
}

/** A sender of SMS whose provider is left alone while it fails. */
export class GuardedSmsSender extends SmsSender {
  constructor(
    private readonly texts: SmsSender,
    private readonly guard: ProviderGuard,
  ) {
    super();
  }

  async send(sms: Sms): Promise<SentSms> {
    return this.guard.run(sms.reference, () => this.texts.send(sms));
  }
}
