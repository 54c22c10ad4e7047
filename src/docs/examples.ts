import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLE_ID, exampleValue } from './example-values';
import { operationsOf, type Schema } from './operations';

/** Of requests where not every field goes with every other: the fields that their example does without. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  BroadcastDto: ['client_ids', 'day', 'template_id'],
  BulkCancelDto: ['template_id'],
  CreateBookingDto: ['client_id', 'duration_min', 'gym_id', 'package_id', 'pricing_id'],
  CreateLinkDto: ['label'],
  CreatePackageDto: ['pricing_id'],
  RecordPaymentDto: ['booking_id', 'package_id', 'due_at'],
  RegisterDto: ['enrollment_token'],
  UpdateAccountDto: ['role'],
};
/** Of requests whose fields are many of one kind: the one that their example shows. */
const SHOWN: Readonly<Record<string, readonly string[]>> = { UpdatePreferencesDto: ['booking_confirmed'] };

/** Ids that others gave: no UUIDs. */
const FOREIGN_IDS = new Set(['event_id', 'provider_message_id', 'request_id', 'strava_activity_id']);

function isOurId(name: string): boolean {
  return (name === 'id' || /_ids?$/.test(name)) && !FOREIGN_IDS.has(name);
}

/** Gives every field of every class its example, every id its format, and every JSON request a whole example. */
export function describeExamples(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const [owner, { properties = {} }] of Object.entries(schemas))
    for (const [name, property] of Object.entries(properties)) describeField(owner, name, property);
  for (const { operation } of operationsOf(document)) {
    for (const { name, schema } of operation.parameters ?? [])
      if (schema?.type === 'string' && isOurId(name)) schema.format = 'uuid';
    const body = operation.requestBody?.content['application/json'];
    if (body?.schema) body.example = composedExample(body.schema, schemas);
  }
}

function describeField(owner: string, name: string, property: Schema): void {
  const single = property.type === 'array' ? property.items : property;
  if (!single || single.$ref !== undefined || single.allOf) return;
  if (single.type === 'string' && !single.enum && isOurId(name)) single.format = 'uuid';
  const told = property.type === 'boolean' ? undefined : exampleValue(owner, name);
  const value = property.enum && !property.enum.includes(told) ? undefined : told;
  const example = value ?? property.example ?? exampleOfKind(property);
  if (example !== undefined) property.example = example;
}

/** By what kind of value it is. Undefined where only its name could tell. */
function exampleOfKind(schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') {
    const item = schema.items && exampleOfKind(schema.items);
    return item === undefined ? undefined : [item];
  }
  if (schema.type === 'boolean') return true;
  if (schema.format === 'uuid') return EXAMPLE_ID;
  if (schema.format === 'date-time') return '2026-03-02T09:30:00Z';
  if (schema.format === 'date') return '2026-03-02';
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  return undefined;
}

/** One value of a schema, put together from the examples of its fields. */
function composedExample(schema: Schema, schemas: Readonly<Record<string, Schema>>, path: string[] = []): unknown {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    const named = schemas[name];
    if (!named || path.includes(name)) return undefined;
    return composedExample(named, schemas, [...path, name]);
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => composedExample(part, schemas, path)));
  if (schema.example !== undefined) return schema.example;
  if (schema.type === 'array') {
    const item = schema.items && composedExample(schema.items, schemas, path);
    return item === undefined ? [] : [item];
  }
  if (!schema.properties) return exampleOfKind(schema) ?? {};
  const owner = path.at(-1) ?? '';
  const shown = Object.entries(schema.properties).filter(
    ([field]) => !LEFT_OUT[owner]?.includes(field) && (SHOWN[owner]?.includes(field) ?? true),
  );
  return Object.fromEntries(shown.map(([field, part]) => [field, composedExample(part, schemas, path)]));
}
