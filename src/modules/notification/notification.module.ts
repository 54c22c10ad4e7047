import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { AccountMailService } from './account-mail.service';
import { AccountNotificationListener } from './account-notification.listener';
import { AnnouncementService } from './announcement.service';
import { BookingNotificationListener } from './booking-notification.listener';
import { CoachNotificationListener } from './coach-notification.listener';
import { DeliveryGate } from './delivery-gate.service';
import { DeliveryService } from './delivery.service';
import { DiscoveryNotificationListener } from './discovery-notification.listener';
import { NotificationEntity } from './entities/notification.entity';
import { InboxRetentionJob } from './inbox-retention.jobs';
import { MailWriter } from './mail-writer';
import { NotificationController } from './notification.controller';
import { NotificationJobs } from './notification.jobs';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { OutcomeNotificationListener } from './outcome-notification.listener';
import { PartyService } from './party.service';
import { PaymentNotificationListener } from './payment-notification.listener';
import { HeldMessagesJob } from './quiet-hours.jobs';
import { ReminderNotificationListener } from './reminder-notification.listener';
import { WaitlistNotificationListener } from './waitlist-notification.listener';

/** Hears what happens everywhere and tells the people it concerns; nobody imports it. */
@Module({
  imports: [TypeOrmModule.forFeature([NotificationEntity]), AuthModule],
  controllers: [NotificationController],
  providers: [
    AccountMailService,
    AccountNotificationListener,
    AnnouncementService,
    BookingNotificationListener,
    CoachNotificationListener,
    DeliveryGate,
    DeliveryService,
    DiscoveryNotificationListener,
    HeldMessagesJob,
    InboxRetentionJob,
    MailWriter,
    NotificationJobs,
    NotificationRepository,
    NotificationService,
    OutcomeNotificationListener,
    PartyService,
    PaymentNotificationListener,
    ReminderNotificationListener,
    WaitlistNotificationListener,
  ],
})
export class NotificationModule {}
