import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLE_ID, exampleOfParameter, exampleValue } from './example-values';
import { type Media, type Operation, operationsOf, type Schema } from './operations';

/**
 * The fields that the example of a request does without: because they do not go with the others, or because they name
 * something that whoever tries the request out has not made yet.
 */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  BroadcastDto: ['client_ids', 'day', 'template_id'],
  BulkCancelDto: ['template_id'],
  ClientProfileDto: ['gym_ids'],
  CoachProfileDto: ['discovery_price_cents', 'gym_ids'],
  CreateBookingDto: ['client_id', 'duration_min', 'gym_id', 'package_id', 'pricing_id'],
  CreateLinkDto: ['label'],
  CreatePackageDto: ['pricing_id'],
  CreateSessionDto: ['booking_id', 'gym_id'],
  ExerciseSetDto: ['duration_seconds', 'machine_id'],
  RecordPaymentDto: ['booking_id', 'package_id', 'due_at'],
  RegisterDto: ['enrollment_token'],
  UpdateAccountDto: ['email', 'role'],
  UpdateSessionDto: ['gym_id'],
};
/** Of requests whose fields are many of one kind: the one that their example shows. */
const SHOWN: Readonly<Record<string, readonly string[]>> = { UpdatePreferencesDto: ['booking_confirmed'] };

/** Requests that people of several kinds send: what the others write, by the name under which it can be chosen. */
const OTHERS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  RegisterDto: {
    'A coach': {
      ...{ first_name: 'Julien', last_name: 'Moreau', email: 'julien@example.com', role: 'coach', gender: 'male' },
      ...{ birth_year: 1985, phone: '+33698765432', device_name: 'Julien’s phone' },
    },
  },
  CreatePricingDto: {
    'A package': { type: 'package', name: 'Ten sessions', session_count: 10, price_cents: 45_000 },
  },
};
/** How the first of several examples is called. */
const FIRST: Readonly<Record<string, string>> = { RegisterDto: 'A client', CreatePricingDto: 'A single session' };

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
  for (const { path, operation } of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) describeParameter(path, parameter);
    const body = operation.requestBody?.content['application/json'];
    if (body?.schema) describeBody(body, body.schema, schemas);
  }
}

/** Whoever tries a route out finds its examples in the form: a parameter that nobody needs must not narrow the answer. */
function describeParameter(path: string, parameter: NonNullable<Operation['parameters']>[number]): void {
  const { name, schema, description } = parameter;
  if (!schema || parameter.in === 'header') return;
  if (schema.type === 'string' && isOurId(name)) schema.format = 'uuid';
  const own = exampleOfParameter(path, name);
  if (own === undefined && typeof schema.example === 'string' && !description)
    parameter.description = `Such as \`${schema.example}\``;
  if (own === undefined) delete schema.example;
  else schema.example = own;
}

function describeBody(body: Media, schema: Schema, schemas: Readonly<Record<string, Schema>>): void {
  const example = composedExample(schema, schemas);
  const owner = schema.$ref?.split('/').at(-1) ?? '';
  const others = OTHERS[owner];
  if (!others) {
    body.example = example;
    return;
  }
  const named = Object.entries(others).map(([name, fields]) => [name, { ...(example as object), ...fields }] as const);
  body.examples = Object.fromEntries(
    [[FIRST[owner] ?? owner, example] as const, ...named].map(([name, value]) => [name, { value }]),
  );
}

function describeField(owner: string, name: string, property: Schema): void {
  const single = property.type === 'array' ? property.items : property;
  if (!single || single.$ref !== undefined || single.allOf) return;
  if (single.type === 'string' && !single.enum && isOurId(name)) single.format = 'uuid';
  const told = exampleValue(owner, name);
  const example = suits(property, told) ? told : (property.example ?? exampleOfKind(property));
  if (example !== undefined) property.example = example;
}

/** Names mean several things: the text of a `label` is no answer to whether there is one. */
function suits({ type, enum: choices, nullable }: Schema, told: unknown): boolean {
  if (told === null) return nullable === true;
  if (choices) return choices.includes(told);
  return told !== undefined && (type === 'boolean') === (typeof told === 'boolean');
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
