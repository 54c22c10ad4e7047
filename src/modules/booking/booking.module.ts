import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { PaymentModule } from 'src/modules/payment/payment.module';
import { BookingAdmission } from './booking-admission.service';
import { BookingAnswerService } from './booking-answer.service';
import { BookingBulkCancellationService } from './booking-bulk-cancellation.service';
import { BookingCancellationService } from './booking-cancellation.service';
import { BookingController } from './booking.controller';
import { BookingCreationService } from './booking-creation.service';
import { BookingCurrency } from './booking-currency';
import { BookingEffects } from './booking-effects.service';
import { BookingHistoryRepository } from './booking-history.repository';
import { CompleteBookingsJob, RejectExpiredBookingsJob, SessionRemindersJob, SettlePenaltiesJob } from './booking.jobs';
import { BookingLocks } from './booking-locks.service';
import { BookingOfferService } from './booking-offer.service';
import { BookingMoveService } from './booking-move.service';
import { BookingOutcomeController } from './booking-outcome.controller';
import { BookingOutcomeService } from './booking-outcome.service';
import { BookingPenaltyService } from './booking-penalty.service';
import { BookingRecord } from './booking-record.service';
import { BookingRegister } from './booking-register.service';
import { BookingReminderService } from './booking-reminder.service';
import { BookingRepository } from './booking.repository';
import { BookingService } from './booking.service';
import { BookingStanding } from './booking-standing';
import { AgendaController } from './calendar/agenda.controller';
import { BookedSessionRepository } from './calendar/booked-session.repository';
import { BookedSessionService } from './calendar/booked-session.service';
import { CalendarFeedRepository } from './calendar/calendar-feed.repository';
import { CalendarController } from './calendar/calendar.controller';
import { CalendarRepository } from './calendar/calendar.repository';
import { CalendarService } from './calendar/calendar.service';
import { ComingRepository } from './closing/coming.repository';
import { DepartureListener } from './closing/departure.listener';
import { DepartureService } from './closing/departure.service';
import { AgendaFiguresService } from './dashboard/agenda-figures.service';
import { DashboardController } from './dashboard/dashboard.controller';
import { DashboardRepository } from './dashboard/dashboard.repository';
import { DashboardService } from './dashboard/dashboard.service';
import { LowPackageService } from './dashboard/low-package.service';
import { DueBookingRepository } from './due-booking.repository';
import { BookingTransitionEntity } from './entities/booking-transition.entity';
import { BookingEntity } from './entities/booking.entity';
import { CalendarFeed } from './entities/calendar-feed.entity';
import { CoachingRequestEntity } from './entities/coaching-request.entity';
import { EngagementEntity } from './entities/engagement.entity';
import { SeatEntity } from './entities/seat.entity';
import { TimeOff } from './entities/time-off.entity';
import { HoursController } from './hours/hours.controller';
import { HoursService } from './hours/hours.service';
import { PairRepository } from './pair.repository';
import { PaymentChoiceService } from './payment-choice.service';
import { OpeningRepository } from './openings/opening.repository';
import { OpeningService } from './openings/opening.service';
import { ClientRequestController } from './requests/client-request.controller';
import { CoachRequestController } from './requests/coach-request.controller';
import { RequestAnswerService } from './requests/request-answer.service';
import { RequestCreationService } from './requests/request-creation.service';
import { RequestLocks } from './requests/request-locks.service';
import { RequestRegister } from './requests/request-register.service';
import { RequestRepository } from './requests/request.repository';
import { CoachingRequestService } from './requests/request.service';
import { RequestSessionService } from './requests/request-session.service';
import { RequestStanding } from './requests/request-standing';
import { RequestWithdrawalService } from './requests/request-withdrawal.service';
import { SeatRepository } from './seat.repository';
import { SlotService } from './slots/slot.service';
import { TimeOffController } from './time-off/time-off.controller';
import { TimeOffRepository } from './time-off/time-off.repository';
import { TimeOffService } from './time-off/time-off.service';
import { BookingPersonalData } from './booking.personal-data';
import { CalendarPersonalData } from './calendar/calendar.personal-data';
import { RequestPersonalData } from './requests/request.personal-data';
import { TimeOffPersonalData } from './time-off/time-off.personal-data';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      BookingEntity,
      BookingTransitionEntity,
      SeatEntity,
      EngagementEntity,
      TimeOff,
      CalendarFeed,
      CoachingRequestEntity,
    ]),
    AuthModule,
    GymModule,
    CoachModule,
    PaymentModule,
  ],
  controllers: [
    BookingController,
    BookingOutcomeController,
    ClientRequestController,
    CoachRequestController,
    TimeOffController,
    DashboardController,
    HoursController,
    AgendaController,
    CalendarController,
  ],
  providers: [
    BookingRepository,
    BookingHistoryRepository,
    BookingRecord,
    DueBookingRepository,
    PairRepository,
    SeatRepository,
    BookingLocks,
    BookingCurrency,
    BookingEffects,
    BookingRegister,
    BookingService,
    BookingAdmission,
    PaymentChoiceService,
    BookingCreationService,
    BookingAnswerService,
    BookingMoveService,
    BookingCancellationService,
    BookingBulkCancellationService,
    BookingOutcomeService,
    BookingPenaltyService,
    SlotService,
    BookingOfferService,
    OpeningRepository,
    OpeningService,
    TimeOffRepository,
    TimeOffService,
    DashboardRepository,
    AgendaFiguresService,
    LowPackageService,
    DashboardService,
    HoursService,
    RequestRepository,
    RequestRegister,
    RequestLocks,
    CoachingRequestService,
    RequestCreationService,
    RequestWithdrawalService,
    RequestSessionService,
    RequestAnswerService,
    RequestStanding,
    BookingReminderService,
    BookingStanding,
    RejectExpiredBookingsJob,
    CompleteBookingsJob,
    SettlePenaltiesJob,
    SessionRemindersJob,
    CalendarRepository,
    CalendarFeedRepository,
    BookingPersonalData,
    CalendarPersonalData,
    RequestPersonalData,
    TimeOffPersonalData,
    CalendarService,
    ComingRepository,
    DepartureService,
    DepartureListener,
    BookedSessionRepository,
    BookedSessionService,
  ],
  exports: [
    BookingService,
    BookedSessionService,
    BookingBulkCancellationService,
    CoachingRequestService,
    OpeningService,
    BookingOfferService,
    SlotService,
  ],
})
export class BookingModule {}
