import { Problem } from '@troupe/service-host';
import type { Request } from 'express';

/** A header no other site can make a browser send without asking first (it is not CORS-safelisted). */
export const REQUEST_HEADER = 'x-troupe-request';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A request that rides on a cookie may only change something when our own page made it: the cookie is SameSite=Strict,
 * the page adds a header that needs a preflight elsewhere, and an Origin, when there is one, must be ours. Throws 403.
 */
export function refuseForeignRequest(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (request.headers[REQUEST_HEADER] === undefined) throw foreign('The header X-Troupe-Request is missing.');
  refuseForeignOrigin(request);
}

/** An Origin header, when there is one, must name the host it was sent to. Throws 403. */
export function refuseForeignOrigin(request: Request): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && hostOf(origin) !== host) throw foreign(`The request comes from ${origin}.`);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function foreign(detail: string): Problem {
  return new Problem(403, {
    type: 'cross-site',
    title: 'This did not come from the inbox',
    detail,
    hint: 'With a session, send X-Troupe-Request: 1 from the inbox’s own page; a program uses a bearer token instead.',
  });
}
