import type { Failure } from '@troupe/contracts';

/** Why a message is turned away for good, and how SMTP (RFC 5321, section 4.2.3) and HTTP say so. */
const REFUSALS = {
  mail_too_large: { smtpCode: 552, httpStatus: 413 },
  mail_too_complex: { smtpCode: 554, httpStatus: 400 },
  mail_unreadable: { smtpCode: 554, httpStatus: 400 },
  not_a_mail: { smtpCode: 554, httpStatus: 400 },
} as const;
export type RefusalReason = keyof typeof REFUSALS;

/** The message is at fault and will be so next time: never try it again. */
export class MailRefused extends Error {
  readonly failure: Failure;
  readonly smtpCode: number;
  readonly httpStatus: number;

  constructor(reason: RefusalReason, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MailRefused';
    this.failure = { code: reason, retryable: false, message, hint };
    this.smtpCode = REFUSALS[reason].smtpCode;
    this.httpStatus = REFUSALS[reason].httpStatus;
  }
}

/** We are at fault (a store is away, too much at once): the sender keeps the message and tries again. */
export class NotNow extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'NotNow';
  }
}

/** The refusal of a message past the limit, in the same words wherever it is noticed. */
export function tooLarge(maxBytes: number): MailRefused {
  return new MailRefused(
    'mail_too_large',
    `The message is too large: at most ${maxBytes / 1024 / 1024} MB are taken.`,
    'Send a link instead of the attachment, or split the message.',
  );
}
