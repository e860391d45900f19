import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import type { z } from 'zod';

/** One call of the operator API: what the controllers serve and what the OpenAPI document says are both made from it. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  /** Express style: `/api/actions/:id`. */
  readonly path: string;
  readonly summary: string;
  /** `operator`: bearer token or session cookie. */
  readonly access: 'operator' | 'anyone';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
  readonly replies: Readonly<Record<number, Reply>>;
  /** Statuses answered with problem details, beside 401 on operator routes and 400 on routes that take anything. */
  readonly problems?: Readonly<Record<number, string>>;
}

export interface Reply {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default: application/json when there is a schema. */
  readonly contentType?: string;
}

const methods = { get: RequestMethod.GET, post: RequestMethod.POST, delete: RequestMethod.DELETE } as const;

/** Serves a route: the method's own path and status come from the table, so the two cannot disagree. */
export function Serve(route: Route): MethodDecorator {
  const [status] = Object.keys(route.replies);
  return applyDecorators(RequestMapping({ path: route.path, method: methods[route.method] }), HttpCode(Number(status)));
}
