import type { User } from 'src/modules/auth/entities/user.entity';

type Status = Pick<User, 'status' | 'statusBeforeSuspension'>;

/** What closing makes of an account. A suspended one stays suspended: lifting that finds it closing. */
export function closedStatus({ status }: Pick<User, 'status'>): Status {
  return status === 'suspended'
    ? { status, statusBeforeSuspension: 'deletion_pending' }
    : { status: 'deletion_pending', statusBeforeSuspension: null };
}

/** What it is when its owner comes back: what its address makes of it, under the suspension if there is one. */
export function reopenedStatus({ status, emailVerifiedAt }: Pick<User, 'status' | 'emailVerifiedAt'>): Status {
  const open = emailVerifiedAt === null ? 'unverified' : 'active';
  return status === 'suspended'
    ? { status, statusBeforeSuspension: open }
    : { status: open, statusBeforeSuspension: null };
}
