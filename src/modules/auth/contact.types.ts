import type { Role, UserStatus } from 'src/common/auth/principal';

/** What other modules need to write to a person and to say who he is. */
export interface Contact {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  emailVerified: boolean;
  /** A new address that waits for its link. */
  pendingEmail: string | null;
  phone: string | null;
  phoneVerified: boolean;
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timezone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  role: Role;
  status: UserStatus;
}
