import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verb } from 'test/security/access';

/** As much of a schema as the document of the API uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  nullable?: boolean;
  enum?: unknown[];
  not?: Schema;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

interface Media {
  schema: Schema;
  examples?: Record<string, unknown>;
}

/** What a status of a route carries. */
interface Answer {
  $ref?: string;
  content?: Record<string, Media>;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Answer>;
}

/** One verb of one path. */
export interface Route {
  /** `post /bookings/{id}/confirm` */
  name: string;
  verb: Verb;
  path: string;
  parameters: Parameter[];
  body?: { type: string; schema: Schema };
  /** By status. */
  responses: Record<string, Answer>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Answer> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;

function bodyOf({ requestBody }: Operation): Route['body'] {
  const [first] = Object.entries(requestBody?.content ?? {});
  return first && { type: first[0], schema: first[1].schema };
}

/** What many routes answer alike is written once. */
function writtenOut(answer: Answer): Answer {
  const shared = answer.$ref?.split('/').at(-1);
  return shared === undefined ? answer : (document.components.responses?.[shared] ?? {});
}

export const ROUTES: readonly Route[] = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, operation]) => ({
    name: `${verb} ${path}`,
    verb: verb as Verb,
    path,
    parameters: operation.parameters ?? [],
    body: bodyOf(operation),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, answer]) => [status, writtenOut(answer)]),
    ),
  })),
);

const byName = new Map(ROUTES.map((route) => [route.name, route]));

export function routeNamed(name: string): Route | undefined {
  return byName.get(name);
}

/** The name of the component that a schema is, and what stands there. */
export function resolved(schema: Schema): Schema & { component?: string } {
  const only = schema.allOf?.length === 1 ? schema.allOf[0] : undefined;
  if (only) return { ...resolved(only), ...(schema.nullable && { nullable: true }) };
  const component = schema.$ref?.split('/').at(-1);
  if (!component) return schema;
  return { ...resolved(document.components.schemas[component] ?? {}), component };
}

/** What a status of a route carries as JSON. */
export function answerSchema(route: Route, status: number): Schema | undefined {
  return route.responses[String(status)]?.content?.['application/json']?.schema;
}
