import type { INestApplication, Type } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS, type Access, OPEN_TO_CLOSED_ACCOUNTS } from 'src/common/auth/access.decorators';
import { UNLIMITED } from 'src/common/limits/request-limit.guard';

/** What the decorators of a route say that its part of the document must tell. */
export interface RouteFacts {
  access: Access | undefined;
  isOpenToClosedAccounts: boolean;
  isUnlimited: boolean;
  /** Of a success, where it is another than that of the verb. */
  status: number | undefined;
}

export function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}_${method}`;
}

/** Facts of every route, by the id of its operation. */
export function routeFacts(app: INestApplication): Map<string, RouteFacts> {
  const reflector = new Reflector();
  const facts = new Map<string, RouteFacts>();
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const controller = metatype as Type;
      const prototype = controller.prototype as Record<string, unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[name];
        if (typeof handler !== 'function') continue;
        const read = <T>(key: string): T | undefined =>
          reflector.getAllAndOverride<T | undefined>(key, [handler, controller]);
        facts.set(operationId(controller.name, name), {
          access: read<Access>(ACCESS),
          isOpenToClosedAccounts: read<boolean>(OPEN_TO_CLOSED_ACCOUNTS) ?? false,
          isUnlimited: read<boolean>(UNLIMITED) ?? false,
          status: read<number>(HTTP_CODE_METADATA),
        });
      }
    }
  return facts;
}
