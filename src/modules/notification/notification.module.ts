import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ClientModule } from 'src/modules/client/client.module';
import { AccountMailService } from './account-mail.service';
import { AccountNotificationListener } from './account-notification.listener';
import { AnnouncementService } from './announcement.service';
import { BookingNotificationListener } from './booking-notification.listener';
import { ClosureNotificationListener } from './closure-notification.listener';
import { CoachNotificationListener } from './coach-notification.listener';
import { DeliveryGate } from './delivery-gate.service';
import { DeviceController } from './devices/device.controller';
import { DeviceListener } from './devices/device.listener';
import { DeviceRepository } from './devices/device.repository';
import { DeviceService } from './devices/device.service';
import { PushDeliveryService } from './devices/push-delivery.service';
import { PushSpreadService } from './devices/push-spread.service';
import { DiscoveryNotificationListener } from './discovery-notification.listener';
import { NotificationPreference } from './entities/notification-preference.entity';
import { NotificationEntity } from './entities/notification.entity';
import { PushDevice } from './entities/push-device.entity';
import { InboxRetentionJob } from './inbox-retention.jobs';
import { MailDeliveryService } from './mail-delivery.service';
import { MachineNotificationListener } from './machine-notification.listener';
import { MailWriter } from './mail-writer';
import { NotificationController } from './notification.controller';
import { NotificationJobs } from './notification.jobs';
import { NotificationPersonalData } from './notification.personal-data';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { IntegrationNotificationListener } from './integration-notification.listener';
import { OutcomeNotificationListener } from './outcome-notification.listener';
import { PartyService } from './party.service';
import { PaymentNotificationListener } from './payment-notification.listener';
import { PerformanceNotificationListener } from './performance-notification.listener';
import { ProgramNotificationListener } from './program-notification.listener';
import { PreferenceController } from './preferences/preference.controller';
import { PreferenceRepository } from './preferences/preference.repository';
import { PreferenceService } from './preferences/preference.service';
import { HeldMessagesJob } from './quiet-hours.jobs';
import { ProgressionNotificationListener } from './progression-notification.listener';
import { ReminderNotificationListener } from './reminder-notification.listener';
import { WaitlistNotificationListener } from './waitlist-notification.listener';

/** Hears what happens everywhere and tells the people it concerns; nobody imports it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([NotificationEntity, NotificationPreference, PushDevice]),
    AuthModule,
    ClientModule,
  ],
  controllers: [NotificationController, PreferenceController, DeviceController],
  providers: [
    AccountMailService,
    AccountNotificationListener,
    AnnouncementService,
    BookingNotificationListener,
    ClosureNotificationListener,
    CoachNotificationListener,
    DeliveryGate,
    DeviceListener,
    DeviceRepository,
    DeviceService,
    DiscoveryNotificationListener,
    HeldMessagesJob,
    InboxRetentionJob,
    MachineNotificationListener,
    MailDeliveryService,
    MailWriter,
    NotificationJobs,
    NotificationPersonalData,
    NotificationRepository,
    NotificationService,
    IntegrationNotificationListener,
    OutcomeNotificationListener,
    PartyService,
    PaymentNotificationListener,
    PerformanceNotificationListener,
    ProgramNotificationListener,
    PreferenceRepository,
    PreferenceService,
    PushDeliveryService,
    PushSpreadService,
    ProgressionNotificationListener,
    ReminderNotificationListener,
    WaitlistNotificationListener,
  ],
})
export class NotificationModule {}
