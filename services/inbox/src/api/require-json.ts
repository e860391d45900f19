import { Problem } from '@troupe/service-host';
import type { NextFunction, Request, Response } from 'express';

/** A body that is not JSON is refused before it is read: forms of other sites cannot send application/json. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined;
  if (!hasBody || request.is('application/json')) return next();
  next(
    new Problem(415, {
      type: 'not-json',
      title: 'The body must be JSON',
      detail: `Content-Type is ${request.headers['content-type'] ?? 'missing'}.`,
      hint: 'Send Content-Type: application/json.',
    }),
  );
}
