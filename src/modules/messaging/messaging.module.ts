import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { MessageTemplate } from './entities/message-template.entity';
import { DefaultTemplateService } from './templates/default-template.service';
import { TemplateController } from './templates/template.controller';
import { TemplateListener } from './templates/template.listener';
import { TemplatePreviewService } from './templates/template-preview.service';
import { TemplateRepository } from './templates/template.repository';
import { TemplateService } from './templates/template.service';

/** The messages a coach keeps ready. */
@Module({
  imports: [AuthModule, CoachModule, BookingModule, TypeOrmModule.forFeature([MessageTemplate])],
  controllers: [TemplateController],
  providers: [DefaultTemplateService, TemplateListener, TemplatePreviewService, TemplateRepository, TemplateService],
})
export class MessagingModule {}
