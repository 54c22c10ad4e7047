import { ApiProperty } from '@nestjs/swagger';
import { type Authorization, type ConnectableProvider, type Connected, ROUTES } from './authorization.types';

const CONNECTABLE = Object.keys(ROUTES);

/** The way to a provider. */
export class AuthorizationResponse {
  /** Where a browser goes. */
  @ApiProperty({ format: 'uri' })
  authorize_url: string;
  @ApiProperty({ enum: CONNECTABLE })
  provider: ConnectableProvider;
  /** Comes back with the answer; good for ten minutes. */
  state: string;

  static from({ url, provider, state }: Authorization): AuthorizationResponse {
    return { authorize_url: url, provider, state };
  }
}

/** The account is connected. */
export class ConnectedResponse {
  @ApiProperty({ enum: ['connected'] })
  status: 'connected';
  @ApiProperty({ enum: CONNECTABLE })
  provider: ConnectableProvider;
  /** What was granted, space-separated. */
  scope: string;

  static from({ provider, scope }: Connected): ConnectedResponse {
    return { status: 'connected', provider, scope };
  }
}
