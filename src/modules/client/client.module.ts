import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { PaymentModule } from 'src/modules/payment/payment.module';
import { SocialModule } from 'src/modules/social/social.module';
import { CoachClientController } from './coach-clients/coach-client.controller';
import { CoachClientRepository } from './coach-clients/coach-client.repository';
import { CoachClientService } from './coach-clients/coach-client.service';
import { CoachClientDetailService } from './coach-clients/coach-client-detail.service';
import { CoachClientViewService } from './coach-clients/coach-client-view.service';
import { OtherCoachesService } from './coach-clients/other-coaches.service';
import { CoachListingChange } from './entities/coach-listing-change.entity';
import { CoachListingState } from './entities/coach-listing-state.entity';
import { CoachListing } from './entities/coach-listing.entity';
import { ClientProfile } from './entities/client-profile.entity';
import { Questionnaire } from './entities/questionnaire.entity';
import { OwnGymController } from './gyms/own-gym.controller';
import { OwnGymService } from './gyms/own-gym.service';
import { OwnCoachesController } from './own-coaches/own-coaches.controller';
import { OwnCoachesService } from './own-coaches/own-coaches.service';
import { ClientProfileCompletion } from './profile/profile-completion';
import { ClientProfileViewService } from './profile/profile-view.service';
import { ClientProfileController } from './profile/profile.controller';
import { ClientProfileRepository } from './profile/profile.repository';
import { ClientProfileService } from './profile/profile.service';
import { PublicCoachService } from './public-profile/public-coach.service';
import { PublicLinkService } from './public-profile/public-link.service';
import { PublicProfileController } from './public-profile/public-profile.controller';
import { PublicProfileService } from './public-profile/public-profile.service';
import { QuestionnaireController } from './questionnaire/questionnaire.controller';
import { QuestionnaireRepository } from './questionnaire/questionnaire.repository';
import { QuestionnaireService } from './questionnaire/questionnaire.service';
import { CoachCardRepository } from './search/coach-card.repository';
import { CoachCardService } from './search/coach-card.service';
import { ListingJobs } from './search/listing.jobs';
import { ListingRepository } from './search/listing.repository';
import { ListingService } from './search/listing.service';
import { SearchTotals } from './search/search-totals';
import { SearchController } from './search/search.controller';
import { SearchRepository } from './search/search.repository';
import { SearchService } from './search/search.service';
import { ClientProfilePersonalData } from './profile/profile.personal-data';
import { QuestionnairePersonalData } from './questionnaire/questionnaire.personal-data';
import { ListingPersonalData } from './search/listing.personal-data';

/** A client’s own space, and a coach’s clients. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ClientProfile, Questionnaire, CoachListing, CoachListingChange, CoachListingState]),
    AuthModule,
    GymModule,
    SocialModule,
    CoachModule,
    PaymentModule,
    BookingModule,
  ],
  controllers: [
    OwnGymController,
    CoachClientController,
    ClientProfileController,
    QuestionnaireController,
    OwnCoachesController,
    SearchController,
    PublicProfileController,
  ],
  providers: [
    OwnGymService,
    CoachClientRepository,
    CoachClientViewService,
    CoachClientService,
    CoachClientDetailService,
    OtherCoachesService,
    ClientProfileRepository,
    ClientProfileViewService,
    ClientProfileService,
    ClientProfileCompletion,
    QuestionnaireRepository,
    QuestionnaireService,
    OwnCoachesService,
    CoachCardRepository,
    CoachCardService,
    ListingRepository,
    ListingService,
    ListingJobs,
    SearchTotals,
    SearchRepository,
    SearchService,
    PublicCoachService,
    PublicLinkService,
    ClientProfilePersonalData,
    QuestionnairePersonalData,
    ListingPersonalData,
    PublicProfileService,
  ],
  exports: [ClientProfileService, QuestionnaireService, CoachCardService],
})
export class ClientModule {}
