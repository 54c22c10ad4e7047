import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OAuthConnection } from 'src/modules/integration/entities/oauth-connection.entity';
import { ConnectionController } from './connection.controller';
import { ConnectionRepository } from './connection.repository';
import { ConnectionService } from './connection.service';
import { ConnectionStatusService } from './connection-status.service';
import { ConnectionPersonalData } from './connection.personal-data';
import { OAuthVendors } from './oauth-vendors';
import { RenewalService } from './renewal.service';
import { RevocationJobs } from './revocation.jobs';
import { RevocationService } from './revocation.service';
import { TokenService } from './token.service';

/** Connections to providers and their tokens; the adapters of providers register with `OAuthVendors`. */
@Module({
  imports: [TypeOrmModule.forFeature([OAuthConnection])],
  controllers: [ConnectionController],
  providers: [
    ConnectionRepository,
    ConnectionService,
    ConnectionStatusService,
    ConnectionPersonalData,
    TokenService,
    RenewalService,
    RevocationService,
    RevocationJobs,
    OAuthVendors,
  ],
  exports: [ConnectionService, OAuthVendors, ConnectionRepository, RevocationService],
})
export class ConnectionModule {}
