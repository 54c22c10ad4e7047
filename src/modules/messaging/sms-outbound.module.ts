import { Global, Module } from '@nestjs/common';
import { Metrics } from 'src/common/metrics/metrics';
import { GuardedSmsSender } from 'src/common/outbound/guarded-senders';
import { SmsSender } from 'src/common/outbound/outbound';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { ProviderTurnRepository } from 'src/common/outbound/provider-turn.repository';
import { AppConfig } from 'src/config/app-config';
import { NoSms } from './sms/no-sms';
import { PacedSms } from './sms/paced-sms';
import { TwilioSms } from './sms/twilio-sms';
import { TwilioRepository } from './sms/twilio.repository';

/** The way out of production for SMS. Global, because the sandbox stands in its place elsewhere. */
@Global()
@Module({
  providers: [
    ProviderTurnRepository,
    TwilioRepository,
    { provide: SmsSender, inject: [AppConfig, TwilioRepository, ProviderTurnRepository, Metrics], useFactory: wayOut },
  ],
  exports: [SmsSender],
})
export class SmsOutboundModule {}

async function wayOut(
  { twilio, appBaseUrl }: AppConfig,
  shared: TwilioRepository,
  turns: ProviderTurnRepository,
  metrics: Metrics,
): Promise<SmsSender> {
  if (!twilio) return new NoSms();
  const texts = await TwilioSms.of(twilio, `${appBaseUrl}/webhooks/twilio/status`, shared);
  // The pace stands before the guard: to wait for one's turn is no fault of the provider.
  return new PacedSms(new GuardedSmsSender(texts, new ProviderGuard('sms', metrics)), twilio.messagesPerSecond, turns);
}
