import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

/** Beside `dist/main.js` and, when running from source, beside `src`. */
const FOLDERS = ['../web/', '../../dist/web/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/** What every answer says to the browser: run nothing but ours, guess no types, tell nobody where you came from. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  next();
}

/** The built web app. Files under `assets/` carry a hash in their name and may be kept for good. */
export function webApp(): RequestHandler {
  const folder = FOLDERS.find((candidate) => existsSync(`${candidate}index.html`));
  if (folder === undefined) return notBuilt;
  return express.static(folder, {
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

function notBuilt(request: Request, response: Response, next: NextFunction): void {
  if (request.path !== '/') return next();
  response
    .status(503)
    .type('text/plain')
    .send('The web app is not built: run `npm run build --workspace @troupe/inbox`, then restart.\n');
}
