import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { SocialLink } from './entities/social-link.entity';
import { SocialPlatform } from './entities/social-platform.entity';
import { LinkController } from './links/link.controller';
import { LinkRepository } from './links/link.repository';
import { SocialLinkService } from './links/link.service';
import { AdminPlatformController } from './platforms/admin-platform.controller';
import { PlatformController } from './platforms/platform.controller';
import { PlatformRepository } from './platforms/platform.repository';
import { PlatformService } from './platforms/platform.service';
import { SocialPersonalData } from './social.personal-data';

/** Where else people are found, and on which platforms. */
@Module({
  imports: [AuthModule, TypeOrmModule.forFeature([SocialLink, SocialPlatform])],
  controllers: [LinkController, PlatformController, AdminPlatformController],
  providers: [LinkRepository, PlatformRepository, PlatformService, SocialLinkService, SocialPersonalData],
  exports: [SocialLinkService],
})
export class SocialModule {}
