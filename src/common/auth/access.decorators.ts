import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Principal, Role } from './principal';

export const ACCESS = 'access';
/** The name of the key in the API document. */
export const API_KEY_SCHEME = 'api-key';
export const OPEN_TO_CLOSED_ACCOUNTS = 'open-to-closed-accounts';

/** Access of a route: `public`, or the least role that may call it. */
export type Access = 'public' | Role;

/** No key needed; a good one fills what concerns the caller, a bad one counts as none. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** The least role that may call the route: `@Roles('client')` is "any authenticated user". */
export const Roles = (role: Role): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, role satisfies Access), ApiSecurity(API_KEY_SCHEME));

/** Stays open to suspended accounts and to those awaiting deletion, who may still take their data away. */
export const OpenToClosedAccounts = (): MethodDecorator => SetMetadata(OPEN_TO_CLOSED_ACCOUNTS, true);

/** A request as the guards leave it. */
export interface AuthenticatedRequest {
  user?: Principal;
}

/** The caller. On a public route it may be undefined. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);
