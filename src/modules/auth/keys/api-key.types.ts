import type { ApiKey } from 'src/modules/auth/entities/api-key.entity';

/** What the owner of a key sees of it. */
export type DeviceKey = Pick<ApiKey, 'id' | 'deviceName' | 'createdAt' | 'lastUsedAt' | 'expiresAt'>;
