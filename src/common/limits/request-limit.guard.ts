import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ACCESS, type Access } from 'src/common/auth/access.decorators';
import { RouteDeclarations } from 'src/common/auth/route-declarations';
import { Authenticator, type KeyOutcome } from 'src/common/auth/authenticator';
import { TooManyRequests } from 'src/common/errors/domain.error';
import { type LimitState, writeLimit } from './limit-state';
import { RateCounters } from './rate-counters';
import { RequestCounters } from './request-counters';

const UNLIMITED = 'unlimited';
const PER_IP = 'limit-per-ip';

/** Probes, metrics and the sandbox are not limited. */
export const Unlimited = (): MethodDecorator & ClassDecorator => SetMetadata(UNLIMITED, true);

interface IpLimit {
  scope: string;
  limit: number;
  seconds: number;
}

interface DeclaredLimits {
  isUnlimited: boolean;
  isPublic: boolean;
  own: IpLimit | undefined;
}

/** A sensitive route: so many requests per IP and window, counted in the database. */
export const LimitPerIp = (scope: string, limit: number, seconds: number): MethodDecorator =>
  SetMetadata(PER_IP, { scope, limit, seconds } satisfies IpLimit);

/** The limits of contract §1.6 that count requests. Every limited answer says where its caller stands. */
@Injectable()
export class RequestLimitGuard implements CanActivate {
  private readonly declared = new RouteDeclarations<DeclaredLimits>((reflector, targets) => ({
    isUnlimited: reflector.getAllAndOverride<boolean | undefined>(UNLIMITED, targets) ?? false,
    isPublic: reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === 'public',
    own: reflector.getAllAndOverride<IpLimit | undefined>(PER_IP, targets),
  }));

  constructor(
    private readonly authenticator: Authenticator,
    private readonly requests: RequestCounters,
    private readonly counters: RateCounters,
    private readonly host: HttpAdapterHost,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { isUnlimited, isPublic, own } = this.declared.of(context);
    if (isUnlimited) return true;
    const request = context.switchToHttp().getRequest<{ ip?: string }>();
    const ip = request.ip ?? 'unknown';
    const outcome = await this.recognise(request, ip);

    const states: LimitState[] = [];
    if (outcome.kind === 'good') states.push(await this.requests.hit('key', outcome.principal.keyId));
    if (outcome.kind !== 'good' || isPublic) states.push(await this.requests.hit('ip', ip));
    // Once a general limit refuses, the sensitive one need not be asked.
    if (own && states.every(({ allowed }) => allowed))
      states.push(await this.counters.hit(own.scope, ip, own.limit, own.seconds));
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
