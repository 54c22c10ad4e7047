import type { User } from 'src/modules/auth/entities/user.entity';
import type { DeviceKey } from 'src/modules/auth/keys/api-key.types';
import type { AccountView } from 'src/modules/auth/user.types';

/** Somebody who just came in, with the key of his device. */
export interface SignedIn {
  key: string;
  isNew: boolean;
  user: User;
}

/** An account with the key that asks. */
export interface Session {
  user: AccountView;
  key: DeviceKey;
}
