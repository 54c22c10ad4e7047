import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ACCESS, type Access } from 'src/common/auth/access.decorators';
import { RouteDeclarations } from 'src/common/auth/route-declarations';
import { Authenticator, type KeyOutcome } from 'src/common/auth/authenticator';
import { TooManyRequests } from 'src/common/errors/domain.error';
import { type LimitState, writeLimit } from './limit-state';
import { networkOf } from './network.rules';
import { RateCounters } from './rate-counters';
import { RequestCounters } from './request-counters';

export const UNLIMITED = 'unlimited';
const PER_IP = 'limit-per-ip';
const PER_USER = 'limit-per-user';

/** Probes, metrics and the sandbox are not limited. */
export const Unlimited = (): MethodDecorator & ClassDecorator => SetMetadata(UNLIMITED, true);

interface OwnLimit {
  scope: string;
  limit: number;
  seconds: number;
}

interface DeclaredLimits {
  isUnlimited: boolean;
  isPublic: boolean;
  perIp: OwnLimit | undefined;
  perUser: OwnLimit | undefined;
}

/** A sensitive route: so many requests per IP (of IPv6: per network) and window, counted in the database. */
export const LimitPerIp = (scope: string, limit: number, seconds: number): MethodDecorator =>
  SetMetadata(PER_IP, { scope, limit, seconds } satisfies OwnLimit);

/** A costly route: so many requests per person and window, whatever key they carry, counted in the database. */
export const LimitPerUser = (scope: string, limit: number, seconds: number): MethodDecorator =>
  SetMetadata(PER_USER, { scope, limit, seconds } satisfies OwnLimit);

/** The limits of contract §1.6 that count requests. Every limited answer says where its caller stands. */
@Injectable()
export class RequestLimitGuard implements CanActivate {
  private readonly declared = new RouteDeclarations<DeclaredLimits>((reflector, targets) => ({
    isUnlimited: reflector.getAllAndOverride<boolean | undefined>(UNLIMITED, targets) ?? false,
    isPublic: reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === 'public',
    perIp: reflector.getAllAndOverride<OwnLimit | undefined>(PER_IP, targets),
    perUser: reflector.getAllAndOverride<OwnLimit | undefined>(PER_USER, targets),
  }));

  constructor(
    private readonly authenticator: Authenticator,
    private readonly requests: RequestCounters,
    private readonly counters: RateCounters,
    private readonly host: HttpAdapterHost,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { isUnlimited, isPublic, perIp, perUser } = this.declared.of(context);
    if (isUnlimited) return true;
    const request = context.switchToHttp().getRequest<{ ip?: string }>();
    const ip = networkOf(request.ip ?? 'unknown');
    const outcome = await this.recognise(request, ip);

    const states: LimitState[] = [];
    if (outcome.kind === 'good') states.push(await this.requests.hit('key', outcome.principal.keyId));
    if (outcome.kind !== 'good' || isPublic) states.push(await this.requests.hit('ip', ip));
    // Once a general limit refuses, the sensitive one need not be asked.
    const isWithinGeneral = states.every(({ allowed }) => allowed);
    if (perIp && isWithinGeneral) states.push(await this.counters.hit(perIp.scope, ip, perIp.limit, perIp.seconds));
    if (perUser && isWithinGeneral && outcome.kind === 'good')
      states.push(await this.counters.hit(perUser.scope, outcome.principal.userId, perUser.limit, perUser.seconds));
    return this.judge(states, context.switchToHttp().getResponse<object>());
  }

  /** A made-up key costs a query; an address that has used up its requests has no more of them made. */
  private async recognise(request: object, ip: string): Promise<KeyOutcome> {
    if (this.authenticator.isStranger(request)) {
      const state = await this.requests.look('ip', ip);
      if (!state.allowed) throw new TooManyRequests(state);
    }
    return this.authenticator.recognise(request);
  }

  private judge(states: readonly LimitState[], response: object): boolean {
    // The narrowest counter is the one to tell of.
    const state = states.reduce((narrowest, other) =>
      !other.allowed || (narrowest.allowed && other.remaining < narrowest.remaining) ? other : narrowest,
    );
    if (!state.allowed) throw new TooManyRequests(state);
    writeLimit(this.host.httpAdapter, response, state);
    return true;
  }
}
