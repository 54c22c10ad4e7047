import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { AdminFeedbackController } from './admin-feedback.controller';
import { Feedback } from './entities/feedback.entity';
import { FeedbackController } from './feedback.controller';
import { FeedbackPersonalData } from './feedback.personal-data';
import { FeedbackRepository } from './feedback.repository';
import { FeedbackService } from './feedback.service';

/** What people think of the product. */
@Module({
  imports: [AuthModule, TypeOrmModule.forFeature([Feedback])],
  controllers: [FeedbackController, AdminFeedbackController],
  providers: [FeedbackPersonalData, FeedbackRepository, FeedbackService],
})
export class FeedbackModule {}
