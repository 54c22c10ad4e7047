import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { RoleForbidden } from 'src/common/errors/domain.error';
import { ACCESS, type Access, type AuthenticatedRequest } from './access.decorators';
import { hasRole } from './principal';
import { RouteDeclarations } from './route-declarations';

/** Deny by default: a route that declares no access is refused to everybody. */
@Injectable()
export class RolesGuard implements CanActivate {
  private readonly declared = new RouteDeclarations((reflector, targets) => ({
    access: reflector.getAllAndOverride<Access | undefined>(ACCESS, targets),
  }));

  canActivate(context: ExecutionContext): boolean {
    const { access } = this.declared.of(context);
    if (access === 'public') return true;
    const principal = context.switchToHttp().getRequest<AuthenticatedRequest>().user;
    if (!access || !principal || !hasRole(principal, access)) throw new RoleForbidden();
    return true;
  }
}
