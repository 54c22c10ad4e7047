import { ROLES, type Role, USER_STATUSES, type UserStatus } from 'src/common/auth/principal';
import { Choice, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';

export class UserListQuery extends PageQuery {
  @Optional()
  @Choice(ROLES)
  role?: Role;

  @Optional()
  @Choice(USER_STATUSES)
  status?: UserStatus;

  /** Part of the name or the address. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;
}

export class SuspendDto {
  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}
