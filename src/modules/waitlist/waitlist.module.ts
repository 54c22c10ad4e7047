import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { WaitlistEntryEntity } from './entities/waitlist-entry.entity';
import { SlotController } from './slots/slot.controller';
import { SlotQueueService } from './slots/slot-queue.service';
import { WaitlistConfirmationService } from './waitlist-confirmation.service';
import { WaitlistController } from './waitlist.controller';
import { WaitlistJobs } from './waitlist.jobs';
import { WaitlistListener } from './waitlist.listener';
import { WaitlistQueueService } from './waitlist-queue.service';
import { WaitlistRepository } from './waitlist.repository';
import { WaitlistService } from './waitlist.service';
import { WaitlistStanding } from './waitlist-standing';
import { WaitlistUpkeepService } from './waitlist-upkeep.service';
import { WaitlistPersonalData } from './waitlist.personal-data';

/** Queues at full slots, and the slots with their queues. */
@Module({
  imports: [TypeOrmModule.forFeature([WaitlistEntryEntity]), AuthModule, CoachModule, BookingModule],
  controllers: [WaitlistController, SlotController],
  providers: [
    WaitlistRepository,
    WaitlistQueueService,
    WaitlistUpkeepService,
    WaitlistService,
    WaitlistConfirmationService,
    WaitlistListener,
    WaitlistJobs,
    WaitlistStanding,
    WaitlistPersonalData,
    SlotQueueService,
  ],
})
export class WaitlistModule {}
