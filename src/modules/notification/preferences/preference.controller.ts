import { Controller, Get, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { ClosedBody } from 'src/common/http/closed-body.pipe';
import { NOTIFICATION_TYPES } from 'src/modules/notification/type-names';
import { UpdatePreferencesDto } from './preference.dto';
import { NotificationPreferencesResponse } from './preference.response';
import type { Wishes } from './preference.rules';
import { PreferenceService } from './preference.service';

@ApiTags('Notifications')
@Controller('users/me/notification-preferences')
export class PreferenceController {
  constructor(private readonly preferences: PreferenceService) {}

  @Get()
  @Roles('client')
  @ApiOperation({ summary: 'What I want to be sent, by type and channel' })
  async get(@CurrentUser() me: Principal): Promise<NotificationPreferencesResponse> {
    return NotificationPreferencesResponse.from(await this.preferences.find(me));
  }

  @Put()
  @Roles('client')
  @ApiOperation({ summary: 'Say what I want to be sent; what is about the safety of the account stays on' })
  @ApiBody({ type: UpdatePreferencesDto })
  async update(
    @CurrentUser() me: Principal,
    @ClosedBody(UpdatePreferencesDto, NOTIFICATION_TYPES, 'unknown_notification_type') wishes: Wishes,
  ): Promise<NotificationPreferencesResponse> {
    return NotificationPreferencesResponse.from(await this.preferences.update(me, wishes));
  }
}
