import { Injectable } from '@nestjs/common';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { AccountSuspendedError, EmailNotVerified, InvalidCredentials } from 'src/modules/auth/auth.errors';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { PasswordHasher } from 'src/modules/auth/passwords/password-hasher';
import type { SignedIn } from './sign-in.types';
import { LoginTriesService } from './login-tries.service';
import type { LoginDto } from './sign-in.dto';

/** Signing in with address and password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly users: UserRepository,
    private readonly tries: LoginTriesService,
    private readonly hasher: PasswordHasher,
    private readonly keys: ApiKeyService,
  ) {}

  /**
   * The lock is asked first, then the password; only who knows it hears anything about the account. No transaction is
   * open while the password is hashed.
   *
   * @throws TooManyAttempts, InvalidCredentials, AccountSuspendedError, EmailNotVerified, ServiceUnavailable
   */
  async login(dto: LoginDto): Promise<SignedIn> {
    await this.tries.take(dto.email);
    const user = await this.judge(dto);
    if (!user) throw new InvalidCredentials();
    await this.tries.clear(user.email);
    return this.enter(user, await this.strengthened(user, dto.password), dto.device_name ?? null);
  }

  /** Whose password it is, or null. What keeps the server from judging is no fault of the caller. */
  private async judge({ email, password }: LoginDto): Promise<User | null> {
    try {
      const user = await this.users.findByEmail(email);
      return (await this.hasher.verify(user?.passwordHash ?? null, password)) ? user : null;
    } catch (error) {
      // Where that fails too, the first fault is the one to tell.
      await this.tries.giveBack(email).catch(() => undefined);
      throw error;
    }
  }

  @Transactional()
  private async enter(judged: User, newHash: string | null, deviceName: string | null): Promise<SignedIn> {
    const user = await this.users.lock(judged.id);
    // A new password that was set meanwhile shuts the old one out, which opened nothing yet.
    if (user?.passwordHash !== judged.passwordHash) throw new InvalidCredentials();
    if (user.status === 'suspended') throw new AccountSuspendedError();
    if (user.status === 'unverified') throw new EmailNotVerified();
    if (newHash !== null) await this.users.update(user.id, { passwordHash: newHash });
    return { key: await this.keys.issue(user.id, deviceName), isNew: false, user };
  }

  private async strengthened({ passwordHash }: User, password: string): Promise<string | null> {
    return passwordHash && this.hasher.isWeak(passwordHash) ? this.hasher.hash(password) : null;
  }
}
