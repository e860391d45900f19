import { createInbox, headers, NoRespondersError, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { NatsLink } from '../broker/nats-link.ts';

/** What an answerer sends now and then while it works: whoever asked knows that it lives. */
const WORKING_HEADER = 'Troupe-Working';
/** Between two signs of life, in milliseconds. */
export const SIGN_OF_LIFE_MS = 1_000;
/** After so long without a sign the answerer is taken for dead. */
const SILENCE_MS = 5 * SIGN_OF_LIFE_MS;

/** The headers of a sign of life. */
export function workingHeaders(): MsgHdrs {
  const result = headers();
  result.set(WORKING_HEADER, '1');
  return result;
}

/**
 * Sends a request and resolves to the reply. Rejects when nobody listens, when the answerer falls silent (it died while it
 * worked), and after `timeoutMs`: long work is waited for, a dead answerer is not.
 */
export function converse({ connection, service, names }: Pick<NatsLink, 'connection' | 'service' | 'names'>, subject: string, payload: string, timeoutMs: number): Promise<Msg> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(whole);
      clearTimeout(silence);
      subscription.unsubscribe();
      act();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const listen = (): NodeJS.Timeout => setTimeout(() => fail(new Error('It fell silent.')), SILENCE_MS);
    const whole = setTimeout(() => fail(new Error(`No reply within ${timeoutMs} ms.`)), timeoutMs);
    let silence = listen();
    const subscription = connection.subscribe(createInbox(names.inbox(service)), {
      callback: (error, message) => {
        if (error) return fail(error);
        if (isNobody(message)) return fail(new NoRespondersError(subject));
        if (!message.headers?.has(WORKING_HEADER)) return settle(() => resolve(message));
        clearTimeout(silence);
        silence = listen();
      },
    });
    connection.publish(names.subject(subject), payload, { reply: subscription.getSubject() });
  });
}

function isNobody(message: Msg): boolean {
  return message.data.byteLength === 0 && message.headers?.code === 503;
}
