import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@troupe/service-host';
import type { Request } from 'express';
import { GuessLimit } from './guess-limit.ts';
import { refuseForeignRequest } from './same-site.ts';
import { sessionOf } from './session-cookie.ts';
import { Sessions } from './sessions.ts';

/** Lets the operator in: by bearer token, or by the session of the web app when the request comes from it. */
@Injectable()
export class OperatorGuard implements CanActivate {
  readonly #sessions: Sessions;
  readonly #guesses: GuessLimit;

  constructor(sessions: Sessions, guesses: GuessLimit) {
    this.#sessions = sessions;
    this.#guesses = guesses;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = bearerToken(request);
    if (token !== undefined) return this.#admitToken(request, token);
    const session = sessionOf(request);
    if (session === undefined || !this.#sessions.isValid(session))
      throw unauthorized(request, 'There is no operator token and no session.');
    refuseForeignRequest(request);
    return true;
  }

  async #admitToken(request: Request, token: string): Promise<boolean> {
    await this.#guesses.refuseWhenSpent(request);
    if (this.#sessions.isOperatorToken(token)) return true;
    await this.#guesses.countWrong(request);
    throw unauthorized(request, 'The operator token is wrong.');
  }
}

/** 401 with where to find the token. */
export function unauthorized(request: Request, detail: string): Problem {
  request.res?.setHeader('WWW-Authenticate', 'Bearer realm="troupe"');
  return new Problem(401, {
    type: 'unauthorized',
    title: 'Who are you?',
    detail,
    hint: 'Send Authorization: Bearer <token>. The token is in $TROUPE_HOME/operator-token unless TROUPE_OPERATOR_TOKEN is set.',
  });
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
