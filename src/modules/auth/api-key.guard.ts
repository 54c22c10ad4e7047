import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ClsServiceManager } from 'nestjs-cls';
import {
  ACCESS,
  type Access,
  type AuthenticatedRequest,
  OPEN_TO_CLOSED_ACCOUNTS,
} from 'src/common/auth/access.decorators';
import type { KeyOutcome } from 'src/common/auth/authenticator';
import type { Principal } from 'src/common/auth/principal';
import { RouteDeclarations } from 'src/common/auth/route-declarations';
import { ApiKeyStrategy } from './api-key.strategy';
import { AccountPendingDeletion, AccountSuspendedError, ApiKeyInvalid, ApiKeyMissing } from './auth.errors';

interface DeclaredAccess {
  isPublic: boolean;
  isOpenToClosedAccounts: boolean;
}

/**
 * Lets in who has a good key. On a public route everybody comes in, and only an account in use counts as known, or a
 * closed one where the route is open to it.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly declared = new RouteDeclarations<DeclaredAccess>((reflector, targets) => ({
    isPublic: reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === 'public',
    isOpenToClosedAccounts: reflector.getAllAndOverride<boolean | undefined>(OPEN_TO_CLOSED_ACCOUNTS, targets) ?? false,
  }));

  constructor(private readonly strategy: ApiKeyStrategy) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = admit(await this.strategy.identify(request), this.declared.of(context));
    if (principal) noteInLog(principal);
    request.user = principal;
    return true;
  }
}

function admit(outcome: KeyOutcome, { isPublic, isOpenToClosedAccounts }: DeclaredAccess): Principal | undefined {
  if (isPublic) {
    const isKnown = outcome.kind === 'good' && (isOpenToClosedAccounts || isInUse(outcome.principal));
    return isKnown ? outcome.principal : undefined;
  }
  if (outcome.kind === 'missing') throw new ApiKeyMissing();
  if (outcome.kind === 'invalid') throw new ApiKeyInvalid();
  if (!isOpenToClosedAccounts) refuseClosed(outcome.principal);
  return outcome.principal;
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
