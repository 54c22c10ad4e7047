import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { AccountMailService } from './account-mail.service';
import { AccountNotificationListener } from './account-notification.listener';
import { AnnouncementService } from './announcement.service';
import { BookingNotificationListener } from './booking-notification.listener';
import { DeliveryService } from './delivery.service';
import { NotificationEntity } from './entities/notification.entity';
import { MailWriter } from './mail-writer';
import { NotificationController } from './notification.controller';
import { NotificationJobs } from './notification.jobs';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';

/** Hears what happens everywhere and tells the people it concerns; nobody imports it. */
@Module({
  imports: [TypeOrmModule.forFeature([NotificationEntity]), AuthModule],
  controllers: [NotificationController],
  providers: [
    AccountMailService,
    AccountNotificationListener,
    AnnouncementService,
    BookingNotificationListener,
    DeliveryService,
    MailWriter,
    NotificationJobs,
    NotificationRepository,
    NotificationService,
  ],
})
export class NotificationModule {}
