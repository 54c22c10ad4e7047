import { Global, Module } from '@nestjs/common';
import { Clock, MovableClock } from 'src/common/clock/clock';
import { Mailer, PushSender, SmsSender } from 'src/common/outbound/outbound';
import { VideoProvider } from 'src/common/outbound/videos';
import { SandboxClockRepository } from './sandbox-clock.repository';
import { SandboxClockService } from './sandbox-clock.service';
import { SandboxJobService } from './sandbox-job.service';
import { SandboxMailbox } from './sandbox-mailbox';
import { SandboxMessageRepository } from './sandbox-message.repository';
import { SandboxMessageService } from './sandbox-message.service';
import { SandboxVideos } from './sandbox-videos';
import { SandboxController } from './sandbox.controller';

/** Mailbox, movable clock, drawn videos and jobs by hand. Global, because it stands where the ways out of production stand. */
@Global()
@Module({
  controllers: [SandboxController],
  providers: [
    { provide: MovableClock, useExisting: Clock },
    { provide: Mailer, inject: [SandboxMailbox], useFactory: ({ mailer }: SandboxMailbox): Mailer => mailer },
    { provide: PushSender, inject: [SandboxMailbox], useFactory: ({ pushes }: SandboxMailbox): PushSender => pushes },
    { provide: SmsSender, inject: [SandboxMailbox], useFactory: ({ texts }: SandboxMailbox): SmsSender => texts },
    { provide: VideoProvider, useClass: SandboxVideos },
    SandboxClockRepository,
    SandboxClockService,
    SandboxJobService,
    SandboxMailbox,
    SandboxMessageRepository,
    SandboxMessageService,
  ],
  exports: [Mailer, PushSender, SmsSender, VideoProvider],
})
export class SandboxModule {}
