import { Injectable } from '@nestjs/common';
import { Problem } from '@troupe/service-host';
import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WRONG_TOKENS = 10;
const WINDOW_SECONDS = 60;

/** Slows down whoever tries tokens: after ten wrong ones an address waits out the minute, even with the right one. */
@Injectable()
export class GuessLimit {
  readonly #wrong = new RateLimiterMemory({ points: WRONG_TOKENS, duration: WINDOW_SECONDS });

  /** Throws 429 when this address has used up its guesses. */
  async refuseWhenSpent(request: Request): Promise<void> {
    const used = await this.#wrong.get(addressOf(request));
    if (used && used.consumedPoints >= WRONG_TOKENS) throw tooMany(request, used);
  }

  async countWrong(request: Request): Promise<void> {
    try {
      await this.#wrong.consume(addressOf(request));
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
    }
  }
}

function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}

function tooMany(request: Request, { msBeforeNext }: RateLimiterRes): Problem {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  request.res?.setHeader('Retry-After', String(seconds));
  return new Problem(429, {
    type: 'too-many-guesses',
    title: 'Too many wrong tokens',
    detail: `This address has sent ${WRONG_TOKENS} wrong tokens within a minute.`,
    hint: `Wait ${seconds} s, then use the token in $TROUPE_HOME/operator-token or TROUPE_OPERATOR_TOKEN.`,
  });
}
