import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { AccountNotSuspended, CannotSuspendSelf, UserNotFound } from 'src/modules/auth/auth.errors';
import { AccountReactivated, AccountSuspended } from 'src/modules/auth/auth.events';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import type { UserListQuery } from './admin-user.dto';

/** Accounts in the hands of an admin. */
@Injectable()
export class AdminUserService {
  constructor(
    private readonly users: UserRepository,
    private readonly keys: ApiKeyService,
    private readonly events: EventBus,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async page(query: UserListQuery): Promise<Rows<User>> {
    return this.users.page(query, query);
  }

  /**
   * Every key of the account is refused from now on; suspending twice changes the reason only.
   *
   * @throws CannotSuspendSelf, UserNotFound
   */
  async suspend(me: Principal, id: string, reason: string | null): Promise<User> {
    if (id === me.userId) throw new CannotSuspendSelf();
    const user = await this.close(id, reason);
    this.keys.forget(id);
    return user;
  }

  /**
   * Brings back what the account was before.
   *
   * @throws UserNotFound, AccountNotSuspended
   */
  async reactivate(id: string): Promise<User> {
    const user = await this.reopen(id);
    this.keys.forget(id);
    return user;
  }

  @Transactional()
  private async close(id: string, suspensionReason: string | null): Promise<User> {
    const user = await this.lock(id);
    const isNew = user.status !== 'suspended';
    await this.users.update(id, {
      status: 'suspended',
      ...(isNew && { statusBeforeSuspension: user.status }),
      suspensionReason,
      updatedAt: this.clock.now(),
    });
    if (isNew) await this.events.publish(new AccountSuspended(id));
    await this.audit.write('user.suspended', { type: 'user', id });
    return this.lock(id);
  }

  @Transactional()
  private async reopen(id: string): Promise<User> {
    const user = await this.lock(id);
    if (user.statusBeforeSuspension === null) throw new AccountNotSuspended();
    await this.users.update(id, {
      status: user.statusBeforeSuspension,
      statusBeforeSuspension: null,
      suspensionReason: null,
      updatedAt: this.clock.now(),
    });
    await this.events.publish(new AccountReactivated(id));
    await this.audit.write('user.reactivated', { type: 'user', id });
    return this.lock(id);
  }

  private async lock(id: string): Promise<User> {
    return orThrow(await this.users.lockUnerased(id), UserNotFound);
  }
}
