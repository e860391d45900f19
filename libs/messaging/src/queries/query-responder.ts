import type { Msg, Subscription } from '@nats-io/transport-node';
import type { QueryContract } from '@troupe/contracts';
import { failureOf, TerminalError } from '../errors.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import { SIGN_OF_LIFE_MS, workingHeaders } from './converse.ts';
import type { QueryResult } from './query-envelope.ts';

type Answer = (request: unknown) => Promise<unknown>;

/** Answers one query for as long as the subscription lives; replicas of a service share the questions. */
export function respondTo(link: NatsLink, query: QueryContract, answer: Answer): Subscription {
  return link.connection.subscribe(link.names.subject(query.subject), {
    queue: link.service,
    callback: (error, message) => {
      if (!error) void reply(query, answer, message);
    },
  });
}

async function reply(query: QueryContract, answer: Answer, message: Msg): Promise<void> {
  const signs = setInterval(() => message.respond('', { headers: workingHeaders() }), SIGN_OF_LIFE_MS);
  try {
    message.respond(JSON.stringify(await resultOf(query, answer, message)));
  } finally {
    clearInterval(signs);
  }
}

async function resultOf(query: QueryContract, answer: Answer, message: Msg): Promise<QueryResult> {
  try {
    return { ok: true, reply: await answer(readRequest(query, message)) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function readRequest(query: QueryContract, message: Msg): unknown {
  const request = query.request.safeParse(safeJson(message));
  if (request.success) return request.data;
  const issue = request.error.issues[0];
  throw new TerminalError(`${query.subject}: ${issue?.path.join('.')}: ${issue?.message}`, { code: 'bad_request' });
}

function safeJson(message: Msg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
