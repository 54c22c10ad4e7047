import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS_MATRIX, type Rule, type Who } from './access-matrix';
import type { Belongings } from './belongings';

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head';

/** One row of the matrix, taken apart. */
export interface RouteAccess {
  /** `get /bookings/{id}` */
  route: string;
  who: Who;
  /** Whose row it names, if anybody's. */
  own?: keyof Belongings;
  admitsAdmins: boolean;
  admitsClosedAccounts: boolean;
}

const RULE = /^(?<who>\w+)(, own (?<own>\w+)(?<admins> or admin)?)?(?<closed>, even closed)?$/;

function taken(route: string, rule: Rule): RouteAccess {
  const { who, own, admins, closed } = RULE.exec(rule)?.groups ?? {};
  return {
    route,
    who: who as Who,
    own: own as keyof Belongings | undefined,
    admitsAdmins: admins !== undefined,
    admitsClosedAccounts: closed !== undefined,
  };
}

/** The matrix, a row for every route. */
export function accessRules(): RouteAccess[] {
  return Object.entries(ACCESS_MATRIX).flatMap(([line, rule]) => {
    const [verbs = '', path = ''] = line.split(' ');
    return verbs.split('|').map((verb) => taken(`${verb} ${path}`, rule));
  });
}

/** Every route that names a row of somebody, and whose row. */
export function ownedRows(): Record<string, keyof Belongings> {
  return Object.fromEntries(accessRules().flatMap(({ route, own }) => (own ? [[route, own]] : [])));
}

export function documentedRoutes(): string[] {
  const { paths } = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
    paths: Record<string, object>;
  };
  return Object.entries(paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
}

export function verbOf(route: string): Verb {
  return route.split(' ')[0] as Verb;
}
