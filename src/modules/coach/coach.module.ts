import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { SocialModule } from 'src/modules/social/social.module';
import { AvailabilityController } from './availability/availability.controller';
import { AvailabilityRepository } from './availability/availability.repository';
import { AvailabilityService } from './availability/availability.service';
import { WorkScheduleController } from './availability/work-schedule.controller';
import { WorkScheduleService } from './availability/work-schedule.service';
import { CancellationPolicyController } from './cancellation-policy/cancellation-policy.controller';
import { CancellationPolicyRepository } from './cancellation-policy/cancellation-policy.repository';
import { CancellationPolicyService } from './cancellation-policy/cancellation-policy.service';
import { CertificationReviewController } from './certifications/certification-review.controller';
import { CertificationReviewService } from './certifications/certification-review.service';
import { CertificationController } from './certifications/certification.controller';
import { CertificationRepository } from './certifications/certification.repository';
import { CertificationService } from './certifications/certification.service';
import { CoachRepository } from './coach.repository';
import { CoachService } from './coach.service';
import { Availability } from './entities/availability.entity';
import { StoredCancellationPolicy } from './entities/cancellation-policy.entity';
import { Certification } from './entities/certification.entity';
import { CoachNoteEntity } from './entities/coach-note.entity';
import { CoachProfile } from './entities/coach-profile.entity';
import { Pricing } from './entities/pricing.entity';
import { RelationEntity } from './entities/relation.entity';
import { NoteRepository } from './notes/note.repository';
import { NoteService } from './notes/note.service';
import { PackageOfferRepository } from './pricing/package-offer.repository';
import { PackageOfferService } from './pricing/package-offer.service';
import { PricingController } from './pricing/pricing.controller';
import { PricingRepository } from './pricing/pricing.repository';
import { PricingService } from './pricing/pricing.service';
import { CoachOfferService } from './profile/offer.service';
import { CoachProfileCompletion } from './profile/profile-completion';
import { CoachProfileRegister } from './profile/profile-register.service';
import { CoachProfileViewService } from './profile/profile-view.service';
import { CoachProfileController } from './profile/profile.controller';
import { CoachProfileRepository } from './profile/profile.repository';
import { CoachProfileService } from './profile/profile.service';
import { SpecialtyController } from './profile/specialty.controller';
import { SpecialtyService } from './profile/specialty.service';
import { CoachVerificationController } from './profile/verification.controller';
import { CoachVerificationService } from './profile/verification.service';
import { RelationRepository } from './relations/relation.repository';
import { RelationService } from './relations/relation.service';
import { RelationStanding } from './relations/relation-standing';
import { NotePersonalData } from './notes/note.personal-data';
import { CoachProfilePersonalData } from './profile/profile.personal-data';
import { RelationPersonalData } from './relations/relation.personal-data';

/** A coach's profile, certifications, prices, weekly hours and cancellation policy, and who he trains. */
@Module({
  imports: [
    AuthModule,
    GymModule,
    SocialModule,
    TypeOrmModule.forFeature([
      CoachProfile,
      Pricing,
      Availability,
      Certification,
      StoredCancellationPolicy,
      RelationEntity,
      CoachNoteEntity,
    ]),
  ],
  controllers: [
    CoachProfileController,
    SpecialtyController,
    CertificationController,
    PricingController,
    AvailabilityController,
    WorkScheduleController,
    CancellationPolicyController,
    CoachVerificationController,
    CertificationReviewController,
  ],
  providers: [
    AvailabilityRepository,
    AvailabilityService,
    CancellationPolicyRepository,
    CancellationPolicyService,
    CertificationRepository,
    CertificationReviewService,
    CertificationService,
    CoachOfferService,
    CoachProfilePersonalData,
    NotePersonalData,
    RelationPersonalData,
    CoachProfileCompletion,
    CoachProfileRegister,
    CoachProfileRepository,
    CoachProfileService,
    CoachProfileViewService,
    CoachRepository,
    CoachService,
    CoachVerificationService,
    NoteRepository,
    NoteService,
    PackageOfferRepository,
    PackageOfferService,
    PricingRepository,
    PricingService,
    RelationRepository,
    RelationService,
    RelationStanding,
    SpecialtyService,
    WorkScheduleService,
  ],
  exports: [CoachOfferService, CoachService, NoteService, RelationService, PackageOfferService],
})
export class CoachModule {}
