import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Authenticator } from 'src/common/auth/authenticator';
import { SystemClock } from 'src/common/clock/clock';
import { DatabaseListener } from 'src/common/notices/database-listener';
import { ErrorFilter } from 'src/common/http/error.filter';
import { AccountLinks } from './account-links';
import { AccountCompletion } from './accounts/account-completion';
import { AccountOpeningService } from './accounts/account-opening.service';
import { AccountController } from './accounts/account.controller';
import { AccountService } from './accounts/account.service';
import { ContactService } from './accounts/contact.service';
import { EmailProofService } from './accounts/email-proof.service';
import { UserRepository } from './accounts/user.repository';
import { AdminUserController } from './administration/admin-user.controller';
import { AdminUserService } from './administration/admin-user.service';
import { ApiKeyGuard } from './api-key.guard';
import { ApiKeyStrategy } from './api-key.strategy';
import { AuthPersonalData } from './auth.personal-data';
import { AvatarController } from './avatars/avatar.controller';
import { AvatarService } from './avatars/avatar.service';
import { PhotoJobs } from './avatars/photo.jobs';
import { PhotoService } from './avatars/photo.service';
import { PictureMaker } from './avatars/picture-maker';
import { PictureController } from './avatars/picture.controller';
import { StrayPhotoRepository } from './avatars/stray-photo.repository';
import { BlockedDomainController } from './blocked-domains/blocked-domain.controller';
import { BlockedDomainRepository } from './blocked-domains/blocked-domain.repository';
import { BlockedDomainService } from './blocked-domains/blocked-domain.service';
import { AccountClosureService } from './closure/account-closure.service';
import { CompletionParts } from './completion-parts';
import { AccountToken } from './entities/account-token.entity';
import { ApiKey } from './entities/api-key.entity';
import { BlockedDomain } from './entities/blocked-domain.entity';
import { LoginFailure } from './entities/login-failure.entity';
import { PhoneCodeSending } from './entities/phone-code-sending.entity';
import { PhoneCode } from './entities/phone-code.entity';
import { StrayPhoto } from './entities/stray-photo.entity';
import { User } from './entities/user.entity';
import { GoogleAccountService } from './google/google-account.service';
import { GoogleCertificates } from './google/google-certificates';
import { GoogleIdentityService } from './google/google-identity.service';
import { GoogleSignInService } from './google/google-sign-in.service';
import { ApiKeyController } from './keys/api-key.controller';
import { ApiKeyRepository } from './keys/api-key.repository';
import { ApiKeyService } from './keys/api-key.service';
import { KeyAuthenticator } from './keys/key-authenticator';
import { KeyCache } from './keys/key-cache';
import { NewPasswordService } from './passwords/new-password.service';
import { PasswordChangeService } from './passwords/password-change.service';
import { PasswordHasher } from './passwords/password-hasher';
import { PasswordResetService } from './passwords/password-reset.service';
import { PasswordController } from './passwords/password.controller';
import { ResetMailService } from './passwords/reset-mail.service';
import { CodeRequestService } from './phone/code-request.service';
import { CodeSendingRepository } from './phone/code-sending.repository';
import { CodeSendingService } from './phone/code-sending.service';
import { PhoneCodeRetentionJob } from './phone/phone-code.jobs';
import { PhoneCodeRepository } from './phone/phone-code.repository';
import { PhoneCodeService } from './phone/phone-code.service';
import { PhoneController } from './phone/phone.controller';
import { PhoneListener } from './phone/phone.listener';
import { PhoneProofService } from './phone/phone-proof.service';
import { PhoneVerificationService } from './phone/phone-verification.service';
import { RegistrationController } from './registration/registration.controller';
import { RegistrationService } from './registration/registration.service';
import { LoginFailureRepository } from './sign-in/login-failure.repository';
import { LoginTriesService } from './sign-in/login-tries.service';
import { LoginService } from './sign-in/login.service';
import { SessionRepository } from './sign-in/session.repository';
import { SessionService } from './sign-in/session.service';
import { SignInController } from './sign-in/sign-in.controller';
import { AccountTokenRepository } from './tokens/account-token.repository';
import { AccountTokenService } from './tokens/account-token.service';
import { TokenRetentionJob } from './tokens/token-retention.jobs';
import { SharingConsents } from './sharing-consents';
import { UserService } from './user.service';
import { AddressLimit } from './verification/address-limit';
import { EmailChangeService } from './verification/email-change.service';
import { EmailVerificationService } from './verification/email-verification.service';
import { VerificationMailService } from './verification/verification-mail.service';
import { VerificationPages } from './verification/verification-page.filter';
import { VerificationController } from './verification/verification.controller';

const accounts = [
  UserRepository,
  BlockedDomainRepository,
  BlockedDomainService,
  ContactService,
  UserService,
  AccountService,
  AccountOpeningService,
  EmailProofService,
  CompletionParts,
  SharingConsents,
  AccountCompletion,
  AdminUserService,
  AccountClosureService,
];

const keys = [
  ApiKeyRepository,
  ApiKeyService,
  {
    provide: KeyCache,
    inject: [DatabaseListener],
    useFactory: (listener: DatabaseListener): KeyCache => new KeyCache(new SystemClock(), listener),
  },
  KeyAuthenticator,
  { provide: Authenticator, useExisting: KeyAuthenticator },
  ApiKeyStrategy,
  ApiKeyGuard,
];

const signIn = [
  RegistrationService,
  LoginFailureRepository,
  LoginTriesService,
  LoginService,
  SessionRepository,
  SessionService,
  GoogleCertificates,
  GoogleIdentityService,
  GoogleAccountService,
  GoogleSignInService,
];

const passwords = [PasswordHasher, NewPasswordService, PasswordChangeService, PasswordResetService, ResetMailService];

const phones = [
  PhoneCodeRepository,
  PhoneCodeService,
  PhoneProofService,
  PhoneVerificationService,
  PhoneCodeRetentionJob,
  PhoneListener,
  CodeRequestService,
  CodeSendingRepository,
  CodeSendingService,
];

const avatars = [PictureMaker, StrayPhotoRepository, PhotoService, PhotoJobs, AvatarService];

const tokens = [AccountTokenRepository, AccountTokenService, AccountLinks, TokenRetentionJob];

// The pages of the verification render refusals with the filter that every route has.
const verification = [
  AddressLimit,
  EmailVerificationService,
  EmailChangeService,
  VerificationMailService,
  VerificationPages,
  ErrorFilter,
];

/** Accounts, their keys, and how people come in. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      User,
      ApiKey,
      AccountToken,
      LoginFailure,
      BlockedDomain,
      StrayPhoto,
      PhoneCode,
      PhoneCodeSending,
    ]),
  ],
  controllers: [
    RegistrationController,
    VerificationController,
    SignInController,
    PasswordController,
    PhoneController,
    ApiKeyController,
    AccountController,
    AdminUserController,
    BlockedDomainController,
    AvatarController,
    PictureController,
  ],
  providers: [
    ...accounts,
    ...keys,
    ...signIn,
    ...passwords,
    ...phones,
    ...avatars,
    ...tokens,
    ...verification,
    AuthPersonalData,
  ],
  exports: [
    Authenticator,
    ApiKeyGuard,
    UserService,
    AccountClosureService,
    CompletionParts,
    SharingConsents,
    AccountLinks,
    PhoneCodeService,
  ],
})
export class AuthModule {}
