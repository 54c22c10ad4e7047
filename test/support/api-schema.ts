import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Schema {
  [key: string]: unknown;
  $ref?: string;
  type?: string | string[];
  nullable?: boolean;
  enum?: unknown[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
}

interface Response {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Response> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

/** The schema with every reference resolved, nothing allowed beyond what it names, and null where it says so. */
function closed(schema: Schema): Schema {
  if (schema.$ref) return closed(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.allOf?.length === 1 && schema.allOf[0]) return nullableOf(schema, closed(schema.allOf[0]));
  const result: Schema = { ...schema };
  if (schema.items) result.items = closed(schema.items);
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, closed(part)]),
    );
    result.additionalProperties ??= false;
  }
  return nullableOf(schema, result);
}

function nullableOf(original: Schema, schema: Schema): Schema {
  if (!original.nullable) return schema;
  return {
    ...schema,
    ...(schema.enum && { enum: [...schema.enum, null] }),
    type: [schema.type ?? 'object', 'null'].flat(),
  };
}

const known = new Map<string, ValidateFunction>();

/** What is wrong with an answer by the API document, or nothing. `path` is the template: `/bookings/{id}`. */
export function faultsOfAnswer(verb: string, path: string, status: number, body: unknown): string[] {
  const key = `${verb} ${path} ${String(status)}`;
  const { responses } = document.paths[path]?.[verb] ?? { responses: {} };
  const written = responses[String(status)] ?? (status >= 400 ? responses['default'] : undefined);
  const shared = written?.$ref?.split('/').at(-1);
  const response = shared === undefined ? written : document.components.responses?.[shared];
  if (!response) return [`${key} is not in the document`];
  const schema = response.content?.['application/json']?.schema;
  if (!schema)
    return body === undefined || Object.keys(body as object).length === 0 ? [] : [`${key} has no body there`];
  const validate = known.get(key) ?? ajv.compile(closed(schema));
  known.set(key, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [key, instancePath, message ?? '', JSON.stringify(params)].join(' '),
  );
}
