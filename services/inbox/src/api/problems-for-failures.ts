import { HttpException, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { failureOf, RetryableError, TerminalError } from '@troupe/messaging';
import { Problem } from '@troupe/service-host';
import { catchError, throwError, type Observable } from 'rxjs';

/** A failure of something behind the API becomes a problem that says what to do: 503 when waiting helps, else 422. */
@Injectable()
export class ProblemsForFailures implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => problemFor(error))));
  }
}

/** The problem an error is, or the error itself when it is none of ours. */
export function problemFor(error: unknown): unknown {
  if (error instanceof HttpException) return error;
  if (!(error instanceof RetryableError) && !(error instanceof TerminalError)) return error;
  const { code, message, hint, retryable } = failureOf(error);
  const title = retryable ? 'Not right now' : 'That cannot be done';
  return new Problem(retryable ? 503 : 422, { type: code.replaceAll('_', '-'), title, detail: message, hint });
}
