import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow, TooManyRequests } from 'src/common/errors/domain.error';
import { RateCounters } from 'src/common/limits/rate-counters';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { CurrentPasswordInvalid, PasswordNotSet, UserNotFound } from 'src/modules/auth/auth.errors';
import { NewPasswordService } from './new-password.service';
import { PasswordHasher } from './password-hasher';
import type { ChangePasswordDto } from './password.dto';

const TRIES = 10;
const TRIES_SECONDS = 60;

/** Changing the password while signed in. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly passwords: NewPasswordService,
    private readonly counters: RateCounters,
  ) {}

  /**
   * Every other device is signed out.
   *
   * @throws CurrentPasswordInvalid, PasswordNotSet, TooManyRequests, ServiceUnavailable when too many wait
   */
  async change(me: Principal, dto: ChangePasswordDto): Promise<void> {
    // A stolen key must not become a way to guess the password behind it.
    const state = await this.counters.hit('change-password', me.userId, TRIES, TRIES_SECONDS);
    if (!state.allowed) throw new TooManyRequests(state);
    const user = orThrow(await this.users.findById(me.userId), UserNotFound);
    if (user.passwordHash === null) throw new PasswordNotSet();
    if (!(await this.hasher.verify(user.passwordHash, dto.current_password))) throw new CurrentPasswordInvalid();
    await this.replace(me, user.passwordHash, await this.hasher.hash(dto.new_password));
    this.passwords.forgetKeys(me.userId);
  }

  @Transactional()
  private async replace(me: Principal, judgedHash: string, newHash: string): Promise<void> {
    const user = await this.users.lock(me.userId);
    // It was replaced meanwhile: then what was typed is the current one no more.
    if (user?.passwordHash !== judgedHash) throw new CurrentPasswordInvalid();
    await this.passwords.set(me.userId, newHash, me.keyId);
  }
}
