import type { OpenAPIObject } from '@nestjs/swagger';

/** What the writers of the document read and change of a schema. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  minimum?: number;
  items?: Schema;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  nullable?: boolean;
  example?: unknown;
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { $ref: string } | { value: unknown }>;
}

export interface DocumentedResponse {
  $ref?: string;
  description?: string;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, DocumentedResponse>;
  [extension: `x-${string}`]: unknown;
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

/** Every operation of the document, to be changed in place. */
export function operationsOf(document: OpenAPIObject): { path: string; verb: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    VERBS.flatMap((verb) => {
      const operation = item[verb] as Operation | undefined;
      return operation ? [{ path, verb, operation }] : [];
    }),
  );
}
