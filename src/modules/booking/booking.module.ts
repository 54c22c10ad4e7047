import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoachModule } from 'src/modules/coach/coach.module';
import { BookingAnswerService } from './booking-answer.service';
import { BookingCancellationService } from './booking-cancellation.service';
import { BookingController } from './booking.controller';
import { BookingHistoryRepository } from './booking-history.repository';
import { AutoRejectJob } from './booking.jobs';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister } from './booking-register.service';
import { BookingRepository } from './booking.repository';
import { BookingService } from './booking.service';
import { BookingTransitionEntity } from './entities/booking-transition.entity';
import { BookingEntity } from './entities/booking.entity';
import { EngagementEntity } from './entities/engagement.entity';
import { SeatEntity } from './entities/seat.entity';
import { SeatRepository } from './seat.repository';
import { SlotController } from './slots/slot.controller';
import { SlotService } from './slots/slot.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([BookingEntity, BookingTransitionEntity, SeatEntity, EngagementEntity]),
    CoachModule,
  ],
  controllers: [BookingController, SlotController],
  providers: [
    BookingRepository,
    BookingHistoryRepository,
    SeatRepository,
    BookingLocks,
    BookingRegister,
    BookingService,
    BookingAnswerService,
    BookingCancellationService,
    SlotService,
    AutoRejectJob,
  ],
  exports: [BookingService],
})
export class BookingModule {}
