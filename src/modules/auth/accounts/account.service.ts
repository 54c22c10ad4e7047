import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { RoleLocked, UserNotFound } from 'src/modules/auth/auth.errors';
import { TimezoneChanged } from 'src/modules/auth/auth.events';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { EmailChangeService } from 'src/modules/auth/verification/email-change.service';
import type { UpdateAccountDto } from './account.dto';
import { ContactService } from './contact.service';
import { UserRepository } from './user.repository';

/** A person's own account. */
@Injectable()
export class AccountService {
  constructor(
    private readonly users: UserRepository,
    private readonly contact: ContactService,
    private readonly emails: EmailChangeService,
    private readonly completion: CompletionParts,
    private readonly keys: ApiKeyService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async find(me: Principal): Promise<User> {
    return orThrow(await this.users.findById(me.userId), UserNotFound);
  }

  /**
   * What is absent stays as it is.
   *
   * @throws RoleLocked, EmailAlreadyExists, BlockedEmailDomain, PhoneAlreadyExists, TooManyRequests
   */
  async update(me: Principal, dto: UpdateAccountDto): Promise<User> {
    if (dto.email !== undefined) await this.emails.admit(me.userId, dto.email);
    const user = await this.change(me, dto);
    // Role, locale and zone are part of what a key stands for.
    this.keys.forget(me.userId);
    return user;
  }

  @Transactional()
  private async change(me: Principal, dto: UpdateAccountDto): Promise<User> {
    const user = orThrow(await this.users.lock(me.userId), UserNotFound);
    const role = roleChange(user, dto);
    if (dto.phone && dto.phone !== user.phone) await this.contact.refuseProvedPhone(dto.phone, user.id);
    await this.users.update(user.id, { ...changesOf(user, dto), ...role, updatedAt: this.clock.now() });
    if (dto.email !== undefined) await this.emails.change(user, dto.email);
    if (dto.timezone !== undefined && dto.timezone !== user.timezone)
      await this.events.publish(new TimezoneChanged(user.id));
    await this.completion.recompute(user.id);
    return this.find(me);
  }
}

/** @throws RoleLocked for another role than the one that stands */
function roleChange({ role, roleLocked }: User, dto: UpdateAccountDto): Partial<User> {
  if (dto.role === undefined || (roleLocked && dto.role === role)) return {};
  if (roleLocked) throw new RoleLocked();
  return { role: dto.role, roleLocked: true };
}

function changesOf(user: User, dto: UpdateAccountDto): Partial<User> {
  return {
    ...(dto.first_name !== undefined && { firstName: dto.first_name }),
    ...(dto.last_name !== undefined && { lastName: dto.last_name }),
    ...(dto.gender !== undefined && { gender: dto.gender }),
    ...(dto.birth_year !== undefined && { birthYear: dto.birth_year }),
    ...(dto.phone !== undefined && dto.phone !== user.phone && { phone: dto.phone, phoneVerifiedAt: null }),
    ...(dto.locale !== undefined && { locale: dto.locale }),
    ...(dto.timezone !== undefined && { timezone: dto.timezone }),
    ...(dto.country !== undefined && { country: dto.country }),
  };
}
