import { Module } from '@nestjs/common';
import { CallerOrigin } from 'src/common/http/caller-origin';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ConsentController } from './consent.controller';
import { ConsentListener } from './consent.listener';
import { ConsentPersonalData } from './consent.personal-data';
import { ConsentRepository } from './consent.repository';
import { ConsentRetentionJob } from './consent-retention.jobs';
import { ConsentService } from './consent.service';

/** What people agreed to. */
@Module({
  imports: [AuthModule],
  controllers: [ConsentController],
  providers: [
    CallerOrigin,
    ConsentListener,
    ConsentPersonalData,
    ConsentRepository,
    ConsentRetentionJob,
    ConsentService,
  ],
})
export class ConsentModule {}
