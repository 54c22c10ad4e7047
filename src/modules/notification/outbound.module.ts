import { Global, Module } from '@nestjs/common';
import { Mailer, PushSender } from 'src/common/outbound/outbound';
import { InboxOnlyPush } from './inbox-only-push';
import { NodemailerMailer } from './nodemailer-mailer';

/** The ways out of production. Global, because the sandbox stands in its place elsewhere. */
@Global()
@Module({
  providers: [
    { provide: Mailer, useClass: NodemailerMailer },
    { provide: PushSender, useClass: InboxOnlyPush },
  ],
  exports: [Mailer, PushSender],
})
export class OutboundModule {}
