import { Global, Module } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Metrics } from 'src/common/metrics/metrics';
import { GuardedMailer, GuardedPushSender } from 'src/common/outbound/guarded-senders';
import { Mailer, PushSender } from 'src/common/outbound/outbound';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { AppConfig } from 'src/config/app-config';
import { FirebaseAgent } from './firebase/firebase-agent';
import { FirebasePush } from './firebase/firebase-push';
import { InboxOnlyPush } from './inbox-only-push';
import { NodemailerMailer } from './nodemailer-mailer';

/** The ways out of production. Global, because the sandbox stands in its place elsewhere. */
@Global()
@Module({
  providers: [
    NodemailerMailer,
    {
      provide: Mailer,
      inject: [NodemailerMailer, Metrics],
      useFactory: (mailer: NodemailerMailer, metrics: Metrics): Mailer =>
        new GuardedMailer(mailer, new ProviderGuard('email', metrics)),
    },
    { provide: FirebaseAgent, useFactory: () => new FirebaseAgent() },
    {
      provide: FirebasePush,
      inject: [AppConfig, FirebaseAgent, Clock],
      useFactory: ({ firebaseServiceAccount }: AppConfig, agent: FirebaseAgent, clock: Clock): FirebasePush | null =>
        firebaseServiceAccount === null ? null : new FirebasePush(firebaseServiceAccount, agent, clock),
    },
    {
      provide: PushSender,
      inject: [FirebasePush, Metrics],
      useFactory: (firebase: FirebasePush | null, metrics: Metrics): PushSender =>
        firebase ? new GuardedPushSender(firebase, new ProviderGuard('push', metrics)) : new InboxOnlyPush(),
    },
  ],
  exports: [Mailer, PushSender],
})
export class OutboundModule {}
