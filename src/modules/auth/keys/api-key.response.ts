import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { DeviceKey } from './api-key.types';

/** A device that is signed in. */
export class ApiKeyResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, nullable: true })
  device_name: string | null;
  @ApiInstant()
  created_at: string;
  @ApiInstant({ nullable: true })
  last_used_at: string | null;
  @ApiInstant({ nullable: true, description: 'Null = never' })
  expires_at: string | null;
  /** Whether it is the key of this request. */
  current: boolean;

  static from(key: DeviceKey, currentId: string): ApiKeyResponse {
    return {
      id: key.id,
      device_name: key.deviceName,
      created_at: wireInstant(key.createdAt),
      last_used_at: wireInstantOrNull(key.lastUsedAt),
      expires_at: wireInstantOrNull(key.expiresAt),
      current: key.id === currentId,
    };
  }
}

export class ApiKeyPage extends PageResponse(ApiKeyResponse) {}
