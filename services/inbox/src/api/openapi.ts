import { z } from 'zod';
import { ProblemReply } from './api.contract.ts';
import type { Reply, Route } from './route.ts';

/** The OpenAPI 3.1 document of a table of routes, made of the schemas that check requests. */
export function openApiDocument(routes: readonly Route[], version: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Troupe operator API',
      version,
      description: 'The one inbox: what agents propose, and the owner’s word on it.',
    },
    security: [{ operatorToken: [] }, { session: [] }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        operatorToken: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'troupe_session',
          description: 'Unsafe methods also need the header X-Troupe-Request: 1.',
        },
      },
      schemas: { Problem: jsonSchema(ProblemReply, 'output') },
    },
  };
}

/** `/api/actions/:id` as OpenAPI writes it: `/api/actions/{id}`. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

function pathsOf(routes: readonly Route[]): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[openApiPath(route.path)] ??= {})[route.method] = operation(route);
  return paths;
}

function operation(route: Route): Record<string, unknown> {
  return {
    summary: route.summary,
    ...(route.access === 'anyone' && { security: [] }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...Object.entries(route.headers ?? {}).map(([name, description]) => ({
        name,
        in: 'header',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    responses: { ...mapValues(route.replies, reply), ...problems(route) },
  };
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function reply({ description, schema, contentType = 'application/json' }: Reply): unknown {
  return { description, ...(schema && { content: { [contentType]: { schema: jsonSchema(schema, 'output') } } }) };
}

function problems(route: Route): Record<string, unknown> {
  const known: Record<number, string> = {
    ...((route.body ?? route.query ?? route.params) && {
      400: 'Something in the request is wrong; detail names the field and the fix.',
    }),
    ...(route.access === 'operator' && {
      401: 'No operator token and no session.',
      403: 'A session without X-Troupe-Request, or from another origin.',
    }),
    ...route.problems,
  };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return mapValues(known, (description) => ({ description, content }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function mapValues<Value, Result>(
  record: Readonly<Record<number, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
