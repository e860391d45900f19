import { Problem } from '@troupe/service-host';
import { MailRefused, NotNow } from './gateway.errors.ts';

/** Turns what can go wrong behind an HTTP way in into problem details; anything else passes as it is. */
export async function withProblems<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    if (error instanceof MailRefused) throw refused(error);
    if (error instanceof NotNow) throw notNow();
    throw error;
  });
}

function refused({ failure, httpStatus }: MailRefused): Problem {
  return new Problem(httpStatus, { type: failure.code.replaceAll('_', '-'), title: 'The message is refused', detail: failure.message, hint: failure.hint });
}

function notNow(): Problem {
  return new Problem(503, {
    type: 'not-stored',
    title: 'Not stored yet',
    detail: 'It could not be stored, so nothing has happened.',
    hint: 'Send it again in a moment; if it was stored after all, that changes nothing.',
  });
}
