import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientModule } from 'src/modules/client/client.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { EnrollmentTokenController } from './enrollment-token.controller';
import { EnrollmentTokenRepository } from './enrollment-token.repository';
import { EnrollmentTokenService } from './enrollment-token.service';
import { EnrollmentController } from './enrollment.controller';
import { EnrollmentListener } from './enrollment.listener';
import { EnrollmentPersonalData } from './enrollment.personal-data';
import { EnrollmentService } from './enrollment.service';
import { EnrollmentToken } from './entities/enrollment-token.entity';

/** The links by which people become clients of a coach. */
@Module({
  imports: [ClientModule, CoachModule, TypeOrmModule.forFeature([EnrollmentToken])],
  controllers: [EnrollmentTokenController, EnrollmentController],
  providers: [
    EnrollmentListener,
    EnrollmentPersonalData,
    EnrollmentService,
    EnrollmentTokenRepository,
    EnrollmentTokenService,
  ],
})
export class EnrollmentModule {}
