import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { childEnvironment } from 'src/config/app-config';
import {
  type ApiDocument,
  answerOf,
  bodiesOf,
  DOCUMENT,
  operationsOf,
  readDocument,
  refusalsOf,
  resolved,
  type Schema,
} from './openapi-document';
import { refusalClasses } from './refusal-classes';
import { FIXTURES, ROOT, runNode } from './sources';

const REDOCLY = join(ROOT, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');

/** Codes that no caller of a route ever meets: a job ends with it when what it carries is no longer so. */
const NOT_OF_ROUTES = new Set(['message_outdated']);

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

function unclear(document: ApiDocument): string[] {
  const tags = new Set((document.tags ?? []).flatMap(({ name, description }) => (description ? [name] : [])));
  return operationsOf(document).flatMap(({ name, operation: { summary, description, tags: own, responses } }) => [
    ...(summary && /^[A-ZÀ-Þ]/.test(summary) && !summary.endsWith('.') ? [] : [`${name} has no good summary`]),
    ...(description ? [] : [`${name} does not say who may call it`]),
    ...(own?.length === 1 && tags.has(own[0] ?? '') ? [] : [`${name} is in no chapter that is described`]),
    ...Object.entries(responses).flatMap(([status, answer]) =>
      answerOf(document, answer).description ? [] : [`${name} does not say what ${status} means`],
    ),
    ...(Object.keys(responses).some((status) => status < '400') ? [] : [`${name} never succeeds`]),
  ]);
}

/** Refusals without a code, codes without an example, examples that say something else. */
function unexemplified(document: ApiDocument): string[] {
  const { examples = {} } = document.components;
  return operationsOf(document).flatMap(({ name, operation }) => [
    ...Object.entries(operation.responses).flatMap(([status, answer]) => {
      const { examples: own, schema } = answerOf(document, answer).content?.['application/json'] ?? {};
      const isProbe = schema?.$ref?.endsWith('/ErrorResponse') !== true;
      return status < '400' || isProbe || Object.keys(own ?? {}).length > 0 ? [] : [`${name} ${status} has no example`];
    }),
    ...refusalsOf(document, operation).flatMap(({ status, code }) => {
      const { detail, message, request_id } = examples[code]?.value ?? {};
      return detail === code && message && request_id ? [] : [`${name} ${status} ${code} has no body`];
    }),
  ]);
}

function badExamples(document: ApiDocument): string[] {
  const faults = (where: string, schema: Schema, example: unknown): string[] => {
    if (example === undefined) return [`${where} has no example`];
    return ajv.validate(resolved(document, schema), example) ? [] : [`${where}: ${ajv.errorsText()}`];
  };
  const ofFields = Object.entries(document.components.schemas).flatMap(([owner, { properties = {} }]) =>
    Object.entries(properties).flatMap(([field, property]) => {
      // What is put together of others has theirs.
      const isComposed = property.$ref ?? property.allOf ?? property.items?.$ref ?? property.properties;
      // Null is an example too.
      const choice = property.enum?.[0] ?? property.items?.enum?.slice(0, 1);
      const example = property.example === undefined ? choice : property.example;
      return isComposed ? [] : faults(`${owner}.${field}`, property, example);
    }),
  );
  const ofRequests = operationsOf(document).flatMap(({ name, operation }) => {
    const { schema } = operation.requestBody?.content['application/json'] ?? {};
    const bodies = bodiesOf(operation);
    if (!schema) return [];
    return bodies.length > 0 ? bodies.flatMap((body) => faults(name, schema, body)) : [`${name} has no example`];
  });
  return [...ofFields, ...ofRequests];
}

async function problemsOf(path: string): Promise<string[]> {
  const { stdout } = await runNode([REDOCLY, 'lint', path, '--format=json', '--max-problems=500'], {
    env: { ...childEnvironment(), REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; location: { pointer?: string }[] }[] };
  return problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ''}`);
}

describe('docs/openapi.json, for whoever builds an app on it', () => {
  const document = readDocument();

  it('says of every operation what it does, who may call it, where it belongs and what its answers mean', () => {
    expect(unclear(document)).toEqual([]);
  });

  it('has a body for every code by which a route refuses', () => {
    expect(unexemplified(document)).toEqual([]);
  });

  it('gives each code the status of its class, and knows the code of every class', () => {
    const classes = refusalClasses();
    const documented = new Map<string, Set<number>>();
    for (const { operation } of operationsOf(document))
      for (const { status, code } of refusalsOf(document, operation))
        documented.set(code, (documented.get(code) ?? new Set()).add(Number(status)));
    const statusFaults = [...documented].flatMap(([code, statuses]) => {
      const known = classes.get(code);
      return known && [...statuses].some((status) => !known.has(status))
        ? [`${code}: ${[...statuses].join()} in the document, ${[...known].join()} in the sources`]
        : [];
    });
    expect(statusFaults).toEqual([]);
    expect([...classes.keys()].filter((code) => !documented.has(code) && !NOT_OF_ROUTES.has(code)).sort()).toEqual([]);
    expect(classes.size).toBeGreaterThan(120);
  });

  it('has a good example of every field and of every JSON request', () => {
    expect(badExamples(document)).toEqual([]);
  });

  it('passes the recommended rules of its linter', async () => {
    expect(await problemsOf(DOCUMENT)).toEqual([]);
  });
});

describe('the same checks on a bad document', () => {
  const path = join(FIXTURES, 'openapi', 'unclear.json');
  const bad = readDocument(path);

  it('find what is unclear', () => {
    expect(unclear(bad)).toEqual([
      'get /bookings has no good summary',
      'get /bookings does not say who may call it',
      'get /bookings is in no chapter that is described',
      'get /bookings does not say what 200 means',
    ]);
  });

  it('find refusals without a body', () => {
    expect(unexemplified(bad)).toEqual([
      'get /bookings 404 has no example',
      'get /bookings 409 slot_unavailable has no body',
    ]);
  });

  it('find examples that are missing or wrong', () => {
    expect(badExamples(bad)).toEqual([
      'Wish.note has no example',
      'Wish.seats: data must be integer',
      "post /bookings: data must have required property 'seats'",
    ]);
  });

  it('find what the linter finds', async () => {
    expect(await problemsOf(path)).toEqual(expect.arrayContaining([expect.stringContaining('security-defined')]));
  });
});
