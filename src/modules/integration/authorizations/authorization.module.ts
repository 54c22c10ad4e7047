import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorFilter } from 'src/common/http/error.filter';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ConnectionModule } from 'src/modules/integration/connections/connection.module';
import { OAuthState } from 'src/modules/integration/entities/oauth-state.entity';
import { AuthorizationController } from './authorization.controller';
import { AuthorizationPersonalData } from './authorization.personal-data';
import { AuthorizationRepository } from './authorization.repository';
import { AuthorizationService } from './authorization.service';
import { ConsentService } from './consent.service';
import { NewConnectionService } from './new-connection.service';
import { SentOnFilter, SentOnInterceptor } from './sent-on.filter';
import { StateRetentionJob } from './state-retention.jobs';

/** How accounts come to be connected to providers. */
@Module({
  imports: [AuthModule, ConnectionModule, TypeOrmModule.forFeature([OAuthState])],
  controllers: [AuthorizationController],
  providers: [
    AuthorizationRepository,
    AuthorizationService,
    AuthorizationPersonalData,
    ConsentService,
    NewConnectionService,
    SentOnFilter,
    SentOnInterceptor,
    StateRetentionJob,
    ErrorFilter,
  ],
})
export class AuthorizationModule {}
