import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ClsServiceManager } from 'nestjs-cls';
import { ACCESS, type Access, OPEN_TO_CLOSED_ACCOUNTS } from 'src/common/auth/access.decorators';
import { Authenticator, type KeyOutcome } from 'src/common/auth/authenticator';
import type { Principal } from 'src/common/auth/principal';
import { API_KEY, type ApiKeyOptions } from './api-key.strategy';
import { AccountPendingDeletion, AccountSuspendedError, ApiKeyInvalid, ApiKeyMissing } from './auth.errors';

/** Lets in who has a good key. On a public route everybody comes in, and only an account in use counts as known. */
@Injectable()
export class ApiKeyGuard extends AuthGuard(API_KEY) {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override getAuthenticateOptions(): ApiKeyOptions {
    return { session: false, authenticator: this.authenticator };
  }

  // The signature is passport's; what comes in is what the strategy answered, or the error it threw.
  override handleRequest<User>(error: unknown, outcome: unknown, _info: unknown, context: ExecutionContext): User {
    if (error) throw error instanceof Error ? error : new Error('A key could not be looked up', { cause: error });
    const principal = this.admit(outcome as KeyOutcome, context);
    if (principal) noteInLog(principal);
    return principal as User;
  }

  private admit(outcome: KeyOutcome, context: ExecutionContext): Principal | undefined {
    const targets = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === 'public';
    if (isPublic) return outcome.kind === 'good' && isInUse(outcome.principal) ? outcome.principal : undefined;
    if (outcome.kind === 'missing') throw new ApiKeyMissing();
    if (outcome.kind === 'invalid') throw new ApiKeyInvalid();
    if (!this.reflector.getAllAndOverride<boolean | undefined>(OPEN_TO_CLOSED_ACCOUNTS, targets))
      refuseClosed(outcome.principal);
    return outcome.principal;
  }
}

function isInUse({ status }: Principal): boolean {
  return status === 'active' || status === 'unverified';
}

function refuseClosed({ status }: Principal): void {
  if (status === 'suspended') throw new AccountSuspendedError();
  if (status === 'deletion_pending') throw new AccountPendingDeletion();
}

function noteInLog({ userId }: Principal): void {
  const cls = ClsServiceManager.getClsService();
  if (cls.isActive()) cls.set('userId', userId);
}
