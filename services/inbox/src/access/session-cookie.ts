import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';

const NAME = 'troupe_session';

/** The session a request carries, if it carries one. */
export function sessionOf(request: Request): string | undefined {
  return parse(request.headers.cookie ?? '')[NAME];
}

/** Sends the session to the browser; nothing but this site can make the browser send it back. */
export function setSession(request: Request, value: string, lifetimeMs: number): void {
  request.res?.cookie(NAME, value, { ...attributes(request), maxAge: lifetimeMs });
}

export function clearSession(request: Request): void {
  request.res?.clearCookie(NAME, attributes(request));
}

function attributes(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: request.secure };
}
