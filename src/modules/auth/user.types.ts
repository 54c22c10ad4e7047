import type { UserStatus } from 'src/common/auth/principal';
import type { User } from './entities/user.entity';

/** What other modules need to write to a person and to say who he is. */
export interface Contact {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  /** A new address that waits for its link. */
  pendingEmail: string | null;
  phone: string | null;
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timezone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  status: UserStatus;
}

/** A person as others may see him. */
export type PublicUser = Pick<User, 'id' | 'firstName' | 'lastName' | 'role' | 'gender' | 'photoUrl'>;

/** What of an account is shown to its owner: never its password, nor what moderators wrote. */
export type AccountView = Omit<
  User,
  'roleLocked' | 'statusBeforeSuspension' | 'suspensionReason' | 'googleSub' | 'passwordHash'
>;
