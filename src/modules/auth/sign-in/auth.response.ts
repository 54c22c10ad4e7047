import { ApiProperty } from '@nestjs/swagger';
import { ApiKeyResponse } from 'src/modules/auth/keys/api-key.response';
import { UserResponse } from 'src/modules/auth/user.response';
import type { Session, SignedIn } from './sign-in.types';

export class AuthResponse {
  @ApiProperty({ description: 'The key of this device, shown here only', example: `mck_${'0'.repeat(49)}` })
  api_key: string;
  /** Whether the account was made by this request. */
  is_new: boolean;
  user: UserResponse;

  static from({ key, isNew, user }: SignedIn): AuthResponse {
    return { api_key: key, is_new: isNew, user: UserResponse.from(user) };
  }
}

export class MeResponse {
  user: UserResponse;
  key: ApiKeyResponse;

  static from({ user, key }: Session): MeResponse {
    return { user: UserResponse.from(user), key: ApiKeyResponse.from(key, key.id) };
  }
}
