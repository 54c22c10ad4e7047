import { Injectable } from '@nestjs/common';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AppConfig } from 'src/config/app-config';
import { localeOf } from 'src/modules/auth/accounts/account-locale';
import { AccountOpeningService } from 'src/modules/auth/accounts/account-opening.service';
import { DEFAULT_COUNTRY, DEFAULT_TIMEZONE } from 'src/modules/auth/accounts/account.rules';
import { ContactService } from 'src/modules/auth/accounts/contact.service';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { PasswordHasher } from 'src/modules/auth/passwords/password-hasher';
import type { SignedIn } from 'src/modules/auth/sign-in/sign-in.types';
import { EmailVerificationService } from 'src/modules/auth/verification/email-verification.service';
import type { RegisterDto } from './registration.dto';

/** Opening an account with address and password. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly contact: ContactService,
    private readonly accounts: AccountOpeningService,
    private readonly hasher: PasswordHasher,
    private readonly verification: EmailVerificationService,
    private readonly keys: ApiKeyService,
    private readonly config: AppConfig,
  ) {}

  /**
   * The account can be used at once; its address is proved by the link that is mailed.
   *
   * @param acceptLanguage the header of the request, for who names no locale
   * @throws BlockedEmailDomain, EmailAlreadyExists, PhoneAlreadyExists, ValidationFailed,
   *   ServiceUnavailable when too many wait
   */
  async register(dto: RegisterDto, acceptLanguage: string | undefined): Promise<SignedIn> {
    if (dto.role === 'coach' && !dto.phone && this.config.requireCoachPhone)
      throw new ValidationFailed([{ field: 'phone', code: 'phone_required' }]);
    await this.contact.refuseBlockedDomain(dto.email);
    await this.contact.refuseTakenEmail(dto.email);
    if (dto.phone) await this.contact.refuseProvedPhone(dto.phone, null);
    const passwordHash = await this.hasher.hash(dto.password);
    return this.open(dto, passwordHash, dto.locale ?? localeOf(acceptLanguage));
  }

  @Transactional()
  private async open(dto: RegisterDto, passwordHash: string, locale: string): Promise<SignedIn> {
    const user = await this.accounts.open(
      {
        email: dto.email,
        firstName: dto.first_name,
        lastName: dto.last_name,
        role: dto.role,
        phone: dto.phone ?? null,
        gender: dto.gender ?? null,
        birthYear: dto.birth_year ?? null,
        locale,
        timezone: dto.timezone ?? DEFAULT_TIMEZONE,
        country: dto.country ?? DEFAULT_COUNTRY,
        passwordHash,
        isEmailProved: false,
      },
      { enrollmentToken: dto.enrollment_token, acceptedTerms: dto.accept_terms },
    );
    const key = await this.keys.issue(user.id, dto.device_name ?? null);
    await this.verification.sendLink(user);
    return { key, isNew: true, user };
  }
}
