import { createTransport } from 'nodemailer';
import { setTimeout as sleep } from 'node:timers/promises';

/** A mail with its bytes fixed, so that every try hands over the same one. */
export interface RawMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: string | Buffer;
}

/** What became of it at the door. `response` is the last thing the server said; `tries` counts the one it was said to. */
export interface DoorAnswer {
  readonly kind: 'accepted' | 'refused' | 'given_up';
  readonly response: string;
  readonly tries: number;
}

export interface RetryOptions {
  readonly retryPauseMs?: number;
  readonly giveUpAfterMs?: number;
}

const CONNECTION_TIMEOUT_MS = 5_000;
/** The gateway gives storing one minute before it says 451. */
const ANSWER_TIMEOUT_MS = 90_000;

/**
 * Hands a mail over as a mail server does: what is put off (4xx) or has no answer is tried again with the same bytes, a
 * 5xx is final (RFC 5321, section 4.5.4.1), only with pauses for the impatient. Never rejects.
 */
export async function handOver(smtpPort: number, mail: RawMail, options: RetryOptions = {}): Promise<DoorAnswer> {
  const { retryPauseMs = 500, giveUpAfterMs = 240_000 } = options;
  const giveUpAtMs = Date.now() + giveUpAfterMs;
  for (let tries = 1; ; tries += 1) {
    const answer = await tryOnce(smtpPort, mail);
    if (answer.kind !== 'put_off') return { kind: answer.kind, response: answer.response, tries };
    if (Date.now() > giveUpAtMs) return { kind: 'given_up', response: answer.response, tries };
    await sleep(retryPauseMs);
  }
}

async function tryOnce(port: number, { envelope, raw }: RawMail): Promise<{ kind: 'accepted' | 'refused' | 'put_off'; response: string }> {
  const transport = createTransport({
    ...{ host: '127.0.0.1', port, secure: false, ignoreTLS: true },
    ...{ connectionTimeout: CONNECTION_TIMEOUT_MS, greetingTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: ANSWER_TIMEOUT_MS },
  });
  try {
    const { response } = await transport.sendMail({ envelope: { from: envelope.from, to: [...envelope.to] }, raw });
    return { kind: 'accepted', response };
  } catch (error) {
    const { responseCode = 0, message } = error as Error & { responseCode?: number };
    return { kind: responseCode >= 500 ? 'refused' : 'put_off', response: message };
  } finally {
    transport.close();
  }
}
