import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { AudienceService } from './broadcast/audience.service';
import { BroadcastController } from './broadcast/broadcast.controller';
import { BroadcastService } from './broadcast/broadcast.service';
import { EstimateService } from './broadcast/estimate.service';
import { ReachService } from './broadcast/reach.service';
import { BulkCancelController } from './bulk-cancel/bulk-cancel.controller';
import { BulkCancelService } from './bulk-cancel/bulk-cancel.service';
import { MessageTemplate } from './entities/message-template.entity';
import { CodeSmsJobs } from './sms/code-sms.jobs';
import { CodeSmsListener } from './sms/code-sms.listener';
import { CodeSmsService } from './sms/code-sms.service';
import { MessagingPersonalData } from './messaging.personal-data';
import { SmsModule } from './sms/sms.module';
import { DefaultTemplateService } from './templates/default-template.service';
import { MessageChoiceService } from './templates/message-choice.service';
import { TemplateController } from './templates/template.controller';
import { TemplateListener } from './templates/template.listener';
import { TemplatePreviewService } from './templates/template-preview.service';
import { TemplateRepository } from './templates/template.repository';
import { TemplateService } from './templates/template.service';

/** What coaches say to their clients: the messages they keep ready, and SMS. */
@Module({
  imports: [AuthModule, CoachModule, BookingModule, SmsModule, TypeOrmModule.forFeature([MessageTemplate])],
  controllers: [TemplateController, BroadcastController, BulkCancelController],
  providers: [
    CodeSmsJobs,
    CodeSmsListener,
    CodeSmsService,
    DefaultTemplateService,
    TemplateListener,
    TemplatePreviewService,
    TemplateRepository,
    TemplateService,
    MessageChoiceService,
    ReachService,
    AudienceService,
    BroadcastService,
    EstimateService,
    BulkCancelService,
    MessagingPersonalData,
  ],
})
export class MessagingModule {}
