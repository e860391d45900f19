import { Body, Controller, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { GuessLimit } from '../access/guess-limit.ts';
import { unauthorized } from '../access/operator.guard.ts';
import { refuseForeignOrigin } from '../access/same-site.ts';
import { clearSession, sessionOf, setSession } from '../access/session-cookie.ts';
import { Sessions } from '../access/sessions.ts';
import { SessionRequest } from './api.contract.ts';
import { checked } from './checked.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

/** How the web app gets in and out. */
@Controller()
@UseInterceptors(ProblemsForFailures)
export class SessionController {
  readonly #sessions: Sessions;
  readonly #guesses: GuessLimit;

  constructor(sessions: Sessions, guesses: GuessLimit) {
    this.#sessions = sessions;
    this.#guesses = guesses;
  }

  @Serve(Routes.createSession)
  async create(
    @Req() request: Request,
    @Body(checked('body', SessionRequest)) body: SessionRequest,
  ): Promise<{ expiresAt: string }> {
    refuseForeignOrigin(request);
    await this.#guesses.refuseWhenSpent(request);
    if (!this.#sessions.isOperatorToken(body.token)) {
      await this.#guesses.countWrong(request);
      throw unauthorized(request, 'The operator token is wrong.');
    }
    const session = this.#sessions.open();
    setSession(request, session.value, session.lifetimeMs);
    return { expiresAt: new Date(session.expiresAtMs).toISOString() };
  }

  @Serve(Routes.endSession)
  end(@Req() request: Request): void {
    refuseForeignOrigin(request);
    this.#sessions.end(sessionOf(request) ?? '');
    clearSession(request);
  }
}
