import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { Problem } from './problem.ts';

/** Every error of an HTTP service leaves as RFC 9457 problem details; what nobody expected leaves without its details (I11). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.#problemFor(error);
    if (response.headersSent) {
      response.end();
      return;
    }
    response.status(problem.getStatus()).type('application/problem+json').send(JSON.stringify(problem.getResponse()));
  }

  #problemFor(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) {
      return new Problem(error.getStatus(), { type: 'http', title: error.name.replace(/Exception$/, ''), detail: error.message });
    }
    const fromParser = bodyProblem(error);
    if (fromParser) return fromParser;
    this.#log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a request failed');
    return new Problem(500, { type: 'unexpected', title: 'Unexpected error', detail: 'The service could not answer this.', hint: 'See its log at this time.' });
  }
}

/** Express body parsers throw errors with a `status` and a `type` of their own. */
function bodyProblem(error: unknown): Problem | undefined {
  const { status, type, message } = error as { status?: unknown; type?: unknown; message?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499 || typeof type !== 'string') return undefined;
  return new Problem(status, { type: type.replaceAll('.', '-'), title: 'The body cannot be read', detail: String(message) });
}
