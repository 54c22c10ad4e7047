import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { ApiDocument } from 'test/architecture/openapi-document';

const NOTE = '// Made by `npm run openapi` of docs/openapi.json; a test holds the two together.\n\n';

/**
 * The types of the API as an app would generate them. Every refusal has the same shape, so it is written once for each
 * operation; examples and descriptions stay in the document.
 */
export async function apiTypes(document: ApiDocument): Promise<string> {
  const lean = structuredClone(document);
  for (const verbs of Object.values(lean.paths))
    for (const operation of Object.values(verbs)) {
      operation.responses = Object.fromEntries([
        ...Object.entries(operation.responses).filter(([status]) => status < '400'),
        [
          'default',
          {
            description: '',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
          },
        ],
      ]);
      operation.parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'Accept-Language');
    }
  lean.components = { schemas: lean.components.schemas };
  const nodes = await openapiTS(withoutWords(lean) as OpenAPI3, {
    silent: true,
    // What has a default may be left out of a request.
    defaultNonNullable: false,
  });
  return NOTE + astToString(nodes, { formatOptions: { removeComments: true } });
}

const WORDS = new Set(['description', 'example', 'examples', 'summary']);

/** Without what only people read. A field may be called like that: its schema is an object. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      WORDS.has(key) && !isSchema(inner) ? [] : [[key, withoutWords(inner)]],
    ),
  );
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('type' in value || '$ref' in value || 'allOf' in value);
}
