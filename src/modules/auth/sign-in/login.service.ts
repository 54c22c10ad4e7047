import { Injectable } from '@nestjs/common';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { AccountSuspendedError, EmailNotVerified, InvalidCredentials } from 'src/modules/auth/auth.errors';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { PasswordHasher } from 'src/modules/auth/passwords/password-hasher';
import type { SignedIn } from './auth.response';
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
   * @throws TooManyAttempts, InvalidCredentials, AccountSuspendedError, EmailNotVerified
   */
  async login(dto: LoginDto): Promise<SignedIn> {
    await this.tries.take(dto.email);
    const user = await this.users.findByEmail(dto.email);
    const matches = await this.hasher.verify(user?.passwordHash ?? null, dto.password);
    if (!user || !matches) throw new InvalidCredentials();
    await this.tries.clear(user.email);
    return this.enter(user, await this.strengthened(user, dto.password), dto.device_name ?? null);
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
