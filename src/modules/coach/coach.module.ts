import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { AvailabilityController } from './availability/availability.controller';
import { AvailabilityRepository } from './availability/availability.repository';
import { AvailabilityService } from './availability/availability.service';
import { CoachRepository } from './coach.repository';
import { CoachService } from './coach.service';
import { Availability } from './entities/availability.entity';
import { CoachProfile } from './entities/coach-profile.entity';
import { Pricing } from './entities/pricing.entity';
import { PricingController } from './pricing/pricing.controller';
import { PricingRepository } from './pricing/pricing.repository';
import { PricingService } from './pricing/pricing.service';
import { CoachProfileCompletion } from './profile/profile-completion';
import { CoachProfileViewService } from './profile/profile-view.service';
import { CoachProfileController } from './profile/profile.controller';
import { CoachProfileRepository } from './profile/profile.repository';
import { CoachProfileService } from './profile/profile.service';

/** A coach's profile, prices and weekly hours. */
@Module({
  imports: [AuthModule, TypeOrmModule.forFeature([CoachProfile, Pricing, Availability])],
  controllers: [CoachProfileController, PricingController, AvailabilityController],
  providers: [
    AvailabilityRepository,
    AvailabilityService,
    CoachProfileCompletion,
    CoachProfileRepository,
    CoachProfileService,
    CoachProfileViewService,
    CoachRepository,
    CoachService,
    PricingRepository,
    PricingService,
  ],
  exports: [CoachService],
})
export class CoachModule {}
