import { Choice, Text } from 'src/common/http/fields';
import { MAX_TOKEN, PUSH_PLATFORMS, type PushPlatform } from './device.rules';

export class ForgetDeviceDto {
  /** As Firebase gave it to the app. */
  @Text({ min: 1, max: MAX_TOKEN })
  token: string;
}

export class RegisterDeviceDto extends ForgetDeviceDto {
  @Choice(PUSH_PLATFORMS)
  platform: PushPlatform;
}
