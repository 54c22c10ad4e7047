import type { UserStatus } from 'src/common/auth/principal';

/**
 * Whether a message may leave for an account (rules §9, trust 20): nothing goes to an erased one, nothing is pushed to a
 * suspended one, and of mails it gets only those about the safety of the account, which its owner may still close.
 */
export function reaches(status: UserStatus, channel: 'push' | 'mail', security: boolean): boolean {
  if (status === 'deleted') return false;
  return status !== 'suspended' || (channel === 'mail' && security);
}
