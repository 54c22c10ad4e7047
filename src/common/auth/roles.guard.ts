import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RoleForbidden } from 'src/common/errors/domain.error';
import { ACCESS, type Access, type AuthenticatedRequest } from './access.decorators';
import { hasRole } from './principal';

/** Deny by default: a route that declares no access is refused to everybody. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const principal = context.switchToHttp().getRequest<AuthenticatedRequest>().user;
    if (!access || !principal || !hasRole(principal, access)) throw new RoleForbidden();
    return true;
  }
}
