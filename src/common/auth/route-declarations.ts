import type { ExecutionContext, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what Nest calls a handler
type Target = Function | Type<unknown>;
type Route = Pick<ExecutionContext, 'getHandler' | 'getClass'>;

/**
 * Remembers what a guard read of each route's decorators. Every request passes every guard, and reflection costs more
 * than all that the guards decide.
 */
export class RouteDeclarations<T extends object> {
  private readonly reflector = new Reflector();
  private readonly known = new WeakMap<Target, Map<Target, T>>();

  /** @param read is given the handler and its class, in the order in which declarations override */
  constructor(private readonly read: (reflector: Reflector, targets: Target[]) => T) {}

  of(route: Route): T {
    const controller = route.getClass();
    const handler = route.getHandler();
    let routes = this.known.get(controller);
    if (!routes) {
      routes = new Map();
      this.known.set(controller, routes);
    }
    let declared = routes.get(handler);
    if (!declared) {
      declared = this.read(this.reflector, [handler, controller]);
      routes.set(handler, declared);
    }
    return declared;
  }
}
