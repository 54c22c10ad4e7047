import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_TYPES } from 'src/modules/notification/type-names';
import type { Channels, Preferences } from './preference.rules';

export class ChannelsResponse {
  @ApiProperty({ type: Boolean })
  push: boolean;

  @ApiProperty({ type: Boolean })
  email: boolean;
}

/** By type, complete. */
export class NotificationPreferencesResponse {
  [type: string]: Channels;

  static from(preferences: Preferences): NotificationPreferencesResponse {
    return Object.fromEntries(
      NOTIFICATION_TYPES.map((type) => [type, { push: preferences[type].push, email: preferences[type].email }]),
    );
  }
}

for (const type of NOTIFICATION_TYPES)
  ApiProperty({ type: ChannelsResponse })(NotificationPreferencesResponse.prototype, type);
