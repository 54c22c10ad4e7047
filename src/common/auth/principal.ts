export const ROLES = ['client', 'coach', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const USER_STATUSES = ['unverified', 'active', 'suspended', 'deletion_pending', 'deleted'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** Who is asking: the account behind the key of this request. */
export interface Principal {
  userId: string;
  keyId: string;
  role: Role;
  status: UserStatus;
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timezone: string;
}

const RANK: Record<Role, number> = { client: 0, coach: 1, admin: 2 };

/** Roles are inclusive: admin ⊇ coach ⊇ client. */
export function hasRole(principal: Pick<Principal, 'role'>, role: Role): boolean {
  return RANK[principal.role] >= RANK[role];
}
