import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { EmailProofService } from 'src/modules/auth/accounts/email-proof.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { TokenInvalid } from 'src/modules/auth/auth.errors';
import type { AccountToken } from 'src/modules/auth/entities/account-token.entity';
import { LoginTriesService } from 'src/modules/auth/sign-in/login-tries.service';
import { AccountTokenService } from 'src/modules/auth/tokens/account-token.service';
import { NewPasswordService } from './new-password.service';
import { PasswordHasher } from './password-hasher';
import type { ResetPasswordDto } from './password.dto';

/** Choosing a new password by the link of a mail. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly tokens: AccountTokenService,
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly passwords: NewPasswordService,
    private readonly proof: EmailProofService,
    private readonly tries: LoginTriesService,
  ) {}

  /**
   * Every device is signed out, a lock of the sign-in is lifted, and the address is proved: the link came through it.
   *
   * @throws TokenInvalid, TokenExpired, ServiceUnavailable when too many wait
   */
  async reset(dto: ResetPasswordDto): Promise<void> {
    // Only who holds a link has the server work for him.
    const token = await this.tokens.find(dto.token, 'password_reset');
    await this.replace(token, await this.hasher.hash(dto.new_password));
    this.passwords.forgetKeys(token.userId);
  }

  @Transactional()
  private async replace(token: AccountToken, passwordHash: string): Promise<void> {
    const user = orThrow(await this.users.lock(token.userId), TokenInvalid);
    await this.tokens.use(token);
    if (token.email.toLowerCase() !== user.email.toLowerCase()) throw new TokenInvalid();
    await this.passwords.set(user.id, passwordHash, null);
    if (user.emailVerifiedAt === null) await this.proof.prove(user);
    await this.tries.clear(user.email);
  }
}
