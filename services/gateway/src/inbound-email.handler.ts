import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Headers, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { Problem, TroupeConfig } from '@troupe/service-host';
import { EmailIntake } from './email-intake.ts';
import { tooLarge } from './gateway.errors.ts';
import { withProblems } from './http-answers.ts';
import type { Accepted } from './ingest.ts';
import { MailLimits } from './mail-limits.ts';
import { readBody } from './request-body.ts';

const MAIL_TYPES = ['message/rfc822', 'text/plain', 'application/octet-stream'];

/** A mail handed over as a file: raw MIME, by whoever holds the operator's token. The same path as over SMTP. */
@Controller('inbound/email')
export class InboundEmail {
  constructor(
    private readonly intake: EmailIntake,
    private readonly config: TroupeConfig,
  ) {}

  /** 202 when it was new, 200 when it was known; in both cases its event is stored. */
  @Post()
  async receive(
    @Req() request: IncomingMessage,
    @Headers('authorization') authorization = '',
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Accepted> {
    this.#authorize(authorization);
    requireMailType(request);
    const raw = await this.#read(request);
    const accepted = await withProblems(this.intake.accept({ raw }));
    response.statusCode = accepted.duplicate ? HttpStatus.OK : HttpStatus.ACCEPTED;
    return accepted;
  }

  #authorize(authorization: string): void {
    const token = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? '';
    if (sameSecret(token, this.config.operatorToken)) return;
    throw new Problem(401, {
      type: 'unauthorized',
      title: 'The operator token is missing or wrong',
      detail: 'Mail is taken over HTTP only from the operator.',
      hint: 'Send Authorization: Bearer <token>; the token is in $TROUPE_HOME/operator-token.',
    });
  }

  async #read(request: IncomingMessage): Promise<Buffer> {
    try {
      return await readBody(request, MailLimits.maxMessageBytes);
    } catch (error) {
      if (error instanceof Problem && error.getStatus() === 413) await this.#refuseTooLarge(request);
      throw error;
    }
  }

  async #refuseTooLarge(request: IncomingMessage): Promise<never> {
    const sizeBytes = Math.max(Number(request.headers['content-length']) || 0, MailLimits.maxMessageBytes + 1);
    const refusal = tooLarge(MailLimits.maxMessageBytes);
    await this.intake.refuse(refusal, { sizeBytes, token: randomUUID() });
    return withProblems(Promise.reject(refusal));
  }
}

function requireMailType(request: IncomingMessage): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined || MAIL_TYPES.includes(type)) return;
  throw new Problem(415, {
    type: 'not-a-mail-type',
    title: 'The content type is not a mail',
    detail: `Only ${MAIL_TYPES.join(', ')} are taken.`,
    hint: 'Send the raw message with Content-Type: message/rfc822.',
  });
}

/** In constant time, whatever the lengths. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
