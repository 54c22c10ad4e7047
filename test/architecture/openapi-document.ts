import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

export interface Schema {
  [key: string]: unknown;
  $ref?: string;
  enum?: unknown[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  nullable?: boolean;
  type?: string | string[];
  example?: unknown;
}

export interface Answer {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema?: Schema; example?: unknown; examples?: Record<string, { $ref?: string }> }>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: {
    content: Record<string, { schema?: Schema; example?: unknown; examples?: Record<string, { value?: unknown }> }>;
  };
  responses: Record<string, Answer>;
}

export interface ApiDocument {
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, Answer>;
    examples?: Record<string, { value?: { detail?: string; message?: string; request_id?: string } }>;
  };
}

export const DOCUMENT = join(ROOT, 'docs', 'openapi.json');

export function readDocument(path = DOCUMENT): ApiDocument {
  return JSON.parse(readFileSync(path, 'utf8')) as ApiDocument;
}

export interface NamedOperation {
  /** `post /bookings` */
  name: string;
  verb: string;
  path: string;
  operation: Operation;
}

export function operationsOf(document: ApiDocument): NamedOperation[] {
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ name: `${verb} ${path}`, verb, path, operation })),
  );
}

/** The JSON bodies that a request shows, the first of them the one that it begins with. */
export function bodiesOf({ requestBody }: Operation): unknown[] {
  const { example, examples } = requestBody?.content['application/json'] ?? {};
  if (examples) return Object.values(examples).map(({ value }) => value);
  return example === undefined ? [] : [example];
}

/** An answer where it stands, or the shared one that it points to. */
export function answerOf(document: ApiDocument, answer: Answer): Answer {
  const name = answer.$ref?.split('/').at(-1);
  return name === undefined ? answer : (document.components.responses?.[name] ?? {});
}

/** Every refusal of an operation: status, code. */
export function refusalsOf(document: ApiDocument, { responses }: Operation): { status: string; code: string }[] {
  return Object.entries(responses)
    .filter(([status]) => status >= '400')
    .flatMap(([status, answer]) =>
      Object.keys(answerOf(document, answer).content?.['application/json']?.examples ?? {}).map((code) => ({
        status,
        code,
      })),
    );
}

/** The schema as JSON Schema has it: references resolved, and null where it says so. */
export function resolved(document: ApiDocument, schema: Schema, depth = 0): Schema {
  if (depth > 12) return {};
  if (schema.$ref !== undefined) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
    return resolved(document, named, depth + 1);
  }
  const { allOf, nullable, example: _, ...rest } = schema;
  const result: Schema = { ...rest };
  if (allOf) result.allOf = allOf.map((part) => resolved(document, part, depth + 1));
  if (schema.items) result.items = resolved(document, schema.items, depth + 1);
  if (schema.properties)
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, resolved(document, part, depth + 1)]),
    );
  if (nullable && typeof result.type === 'string') result.type = [result.type, 'null'];
  if (nullable && result.enum) result.enum = [...result.enum, null];
  return result;
}
