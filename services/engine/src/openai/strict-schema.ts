import type { JsonSchema } from '../engine.ts';

/**
 * Whether OpenAI's strict mode takes the schema: every object closed and all of its properties required, and none of
 * the keywords it refuses. Others are sent with `strict: false`; the answer is checked against the schema either way.
 * Source: platform.openai.com/docs/guides/structured-outputs, "Supported schemas".
 */
export function isStrictSchema(schema: JsonSchema): boolean {
  return schema['type'] === 'object' && everySchema(schema, (node) => !usesRefused(node) && isClosed(node));
}

const REFUSED = ['oneOf', 'allOf', 'not', 'if', 'then', 'else', 'patternProperties', 'propertyNames', 'prefixItems', 'contentEncoding'];

function usesRefused(node: JsonSchema): boolean {
  return REFUSED.some((keyword) => keyword in node);
}

function isClosed(node: JsonSchema): boolean {
  if (node['type'] !== 'object') return true;
  const names = Object.keys((node['properties'] as JsonSchema | undefined) ?? {});
  const required = new Set((node['required'] as string[] | undefined) ?? []);
  return node['additionalProperties'] === false && names.every((name) => required.has(name));
}

function everySchema(value: unknown, holds: (node: JsonSchema) => boolean): boolean {
  if (Array.isArray(value)) return value.every((item) => everySchema(item, holds));
  if (typeof value !== 'object' || value === null) return true;
  return holds(value as JsonSchema) && Object.values(value).every((inner) => everySchema(inner, holds));
}
