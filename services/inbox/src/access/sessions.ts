import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_MS = 12 * 3_600_000;
const SHAPE = /^(\d{13,15})\.([\w-]{16})\.([\w-]{43})$/;

/**
 * Sessions of the web app: `<expiry in ms>.<nonce>.<HMAC-SHA-256>`, keyed by the operator token. Nothing is stored, so a
 * restart or another replica knows a session too, and another token ends all of them. An ended session is remembered by
 * the process that ended it until it would have expired.
 */
export class Sessions {
  readonly #key: Buffer;
  readonly #token: string;
  readonly #now: () => number;
  readonly #ended = new Map<string, number>();

  constructor(operatorToken: string, now: () => number) {
    this.#token = operatorToken;
    this.#key = createHmac('sha256', operatorToken).update('troupe session v1').digest();
    this.#now = now;
  }

  /** Compares in constant time, whatever the length. */
  isOperatorToken(token: string): boolean {
    return timingSafeEqual(this.#mac(token), this.#mac(this.#token));
  }

  open(): { value: string; expiresAtMs: number; lifetimeMs: number } {
    const expiresAtMs = this.#now() + LIFETIME_MS;
    const body = `${expiresAtMs}.${randomBytes(12).toString('base64url')}`;
    return { value: `${body}.${this.#mac(body).toString('base64url')}`, expiresAtMs, lifetimeMs: LIFETIME_MS };
  }

  isValid(value: string): boolean {
    const [, expiresAtMs, nonce, mac] = SHAPE.exec(value) ?? [];
    if (expiresAtMs === undefined || nonce === undefined || mac === undefined) return false;
    const isOurs = timingSafeEqual(Buffer.from(mac, 'base64url'), this.#mac(`${expiresAtMs}.${nonce}`));
    return isOurs && Number(expiresAtMs) > this.#now() && !this.#ended.has(nonce);
  }

  end(value: string): void {
    if (!this.isValid(value)) return;
    for (const [nonce, expiresAtMs] of this.#ended) if (expiresAtMs <= this.#now()) this.#ended.delete(nonce);
    const [, expiresAtMs, nonce] = SHAPE.exec(value) ?? [];
    if (nonce !== undefined) this.#ended.set(nonce, Number(expiresAtMs));
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}
