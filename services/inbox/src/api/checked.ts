import { Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from '@troupe/service-host';
import type { z } from 'zod';

/** A parameter must fit its schema: `@Query(checked('query', CardListQuery))`. Else 400, naming each field and the fix. */
export function checked<Schema extends z.ZodType>(
  place: 'query' | 'body' | 'path',
  schema: Schema,
): PipeTransform<unknown, z.infer<Schema>> {
  return new CheckedPipe(place, schema);
}

/** The value as its schema reads it. Throws a 400 problem that names each field and the fix. */
export function check<Schema extends z.ZodType>(place: string, schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ field: issue.path.join('.') || place, message: issue.message }));
  throw new Problem(400, {
    type: 'bad-request',
    title: 'The request cannot be read',
    detail: fields.map(({ field, message }) => `${field}: ${message}`).join('; '),
    hint: `Mend the named part of the ${place}; GET /api/openapi.json describes it.`,
    fields,
  });
}

@Injectable()
class CheckedPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.infer<Schema>> {
  constructor(
    private readonly place: string,
    private readonly schema: Schema,
  ) {}

  transform(value: unknown): z.infer<Schema> {
    return check(this.place, this.schema, value);
  }
}
