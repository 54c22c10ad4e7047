import { DomainEvent } from 'src/common/events/domain-event';

/** An account was made, by registration or by a first Google sign-in. */
export class UserRegistered extends DomainEvent {
  readonly name = 'auth.user-registered.v1';
  constructor(
    readonly userId: string,
    /** A coach's link that came with the registration; it may be worth nothing. */
    readonly enrollmentToken: string | null,
    readonly acceptedTerms: boolean,
  ) {
    super();
  }
}

/** A link to prove an address must be mailed. The token is encrypted: `auth` alone opens it, when the mail is made. */
export class EmailVerificationRequested extends DomainEvent {
  readonly name = 'auth.email-verification-requested.v1';
  constructor(
    readonly userId: string,
    /** Row of the token. */
    readonly tokenId: string,
    readonly sealedToken: string,
  ) {
    super();
  }
}

/** A link to choose a new password must be mailed. */
export class PasswordResetRequested extends DomainEvent {
  readonly name = 'auth.password-reset-requested.v1';
  constructor(
    readonly userId: string,
    readonly tokenId: string,
    readonly sealedToken: string,
  ) {
    super();
  }
}

/** A code that proves a number must be sent. It is encrypted: `auth` alone opens it, when the message is made. */
export class PhoneCodeRequested extends DomainEvent {
  readonly name = 'auth.phone-code-requested.v1';
  constructor(
    readonly userId: string,
    /** E.164. */
    readonly phone: string,
    /** Of the code. */
    readonly codeId: string,
    readonly sealedCode: string,
  ) {
    super();
  }
}

/** Somebody asked to change the address: the old one is told. */
export class EmailChangeRequested extends DomainEvent {
  readonly name = 'auth.email-change-requested.v1';
  constructor(readonly userId: string) {
    super();
  }
}

/** The password was changed or reset. */
export class PasswordChanged extends DomainEvent {
  readonly name = 'auth.password-changed.v1';
  constructor(
    readonly userId: string,
    readonly at: Date,
  ) {
    super();
  }
}

/** A sign-in with a device name not seen on the account, and not its first key. */
export class NewDeviceSignedIn extends DomainEvent {
  readonly name = 'auth.new-device-signed-in.v1';
  constructor(
    readonly userId: string,
    readonly keyId: string,
    readonly deviceName: string,
    readonly at: Date,
  ) {
    super();
  }
}

/** A key no longer opens anything. */
export class KeyRevoked extends DomainEvent {
  readonly name = 'auth.key-revoked.v1';
  constructor(
    readonly userId: string,
    readonly keyId: string,
  ) {
    super();
  }
}

/** An admin closed the account for the time being. */
export class AccountSuspended extends DomainEvent {
  readonly name = 'auth.account-suspended.v1';
  constructor(readonly userId: string) {
    super();
  }
}

/** The owner asked for the account to be erased: from now on he takes part in nothing. */
export class AccountClosing extends DomainEvent {
  readonly name = 'auth.account-closing.v1';
  /** @param effectiveAt when it will be erased; null where nobody is to be told */
  constructor(
    readonly userId: string,
    readonly effectiveAt: Date | null = null,
  ) {
    super();
  }
}

/** The zone of an account changed; of a coach, so did every slot. */
export class TimezoneChanged extends DomainEvent {
  readonly name = 'auth.timezone-changed.v1';
  constructor(readonly userId: string) {
    super();
  }
}

/** A suspension was lifted, or its owner took the closing back: the account is what it was before. */
export class AccountReactivated extends DomainEvent {
  readonly name = 'auth.account-reactivated.v1';
  constructor(readonly userId: string) {
    super();
  }
}
