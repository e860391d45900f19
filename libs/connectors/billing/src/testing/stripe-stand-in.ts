import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What the stand-in does with a write:
 * `work`; `decline` (402), `rate_limit` (429), `fail` (500, nothing done); `hang`: act, never answer;
 * `drop`: act, then cut the connection instead of answering; `drop_once`: the same for the next write only.
 */
export type StripeBehaviour = 'work' | 'decline' | 'rate_limit' | 'fail' | 'hang' | 'drop' | 'drop_once';

/** One thing that happened to the account. */
export interface StripeEffect {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
}

export interface StripeStandIn {
  /** For STRIPE_API_BASE. */
  readonly url: string;
  readonly apiKey: string;
  /** Every write that had an effect, in order. */
  readonly effects: readonly StripeEffect[];
  /** Every write that was asked for. */
  readonly writes: number;
  behave(behaviour: StripeBehaviour): void;
  /** Something was done after all, though the answer was an error. */
  happened(effect: StripeEffect): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A stand-in for the part of Stripe's API v1 that Troupe calls, on 127.0.0.1, with its rules for idempotency keys. */
export async function startStripeStandIn(): Promise<StripeStandIn> {
  const standIn = new StandIn();
  await standIn.listen();
  return standIn;
}

const OTHER_REQUEST = failed(400, 'idempotency_error', 'Keys can only be reused with the same parameters.');

const REFUSALS: Partial<Record<StripeBehaviour, Answer>> = {
  decline: failed(402, 'card_error', 'Your card was declined.'),
  rate_limit: failed(429, 'invalid_request_error', 'Too many requests hit the API too quickly.'),
  fail: failed(500, 'api_error', 'Something went wrong on our side.'),
};

class StandIn implements StripeStandIn {
  readonly apiKey = 'sk_test_standin0123456789';
  readonly effects: StripeEffect[] = [];
  writes = 0;
  #behaviour: StripeBehaviour = 'work';
  readonly #saved = new Map<string, { readonly request: string; readonly answer: Answer }>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  behave(behaviour: StripeBehaviour): void {
    this.#behaviour = behaviour;
  }

  happened(effect: StripeEffect): void {
    this.effects.push(effect);
  }

  async stop(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const body = await text(request);
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) {
      return send(response, failed(401, 'invalid_request_error', `Invalid API Key provided: ${request.headers.authorization?.slice(7)}`));
    }
    if (request.method === 'GET') return send(response, this.#read(new URL(path, this.url)));
    this.writes += 1;
    const answer = this.#write(path, body, String(request.headers['idempotency-key'] ?? ''));
    if (this.#behaviour === 'hang') return;
    if (this.#behaviour === 'drop' || this.#behaviour === 'drop_once') {
      if (this.#behaviour === 'drop_once') this.#behaviour = 'work';
      response.destroy();
      return;
    }
    send(response, answer);
  }

  /** A known key gets the saved answer; a rate limit is answered before keys are looked at, and saved by none. */
  #write(path: string, body: string, idempotencyKey: string): Answer {
    if (this.#behaviour === 'rate_limit') return REFUSALS.rate_limit!;
    const request = `${path}?${body}`;
    const saved = this.#saved.get(idempotencyKey);
    if (saved) return saved.request === request ? saved.answer : OTHER_REQUEST;
    const answer = REFUSALS[this.#behaviour] ?? this.#act(path, body, idempotencyKey);
    if (idempotencyKey) this.#saved.set(idempotencyKey, { request, answer });
    return answer;
  }

  #act(path: string, body: string, idempotencyKey: string): Answer {
    const [, , resource = '', id = ''] = path.split('/');
    if (id.endsWith('missing')) return failed(404, 'invalid_request_error', `No such ${resource}: '${id}'`);
    const params = Object.fromEntries(new URLSearchParams(body));
    this.effects.push({ path, params, idempotencyKey });
    return { status: 200, body: resource === 'refunds' ? { id: `re_${this.effects.length}`, object: 'refund' } : { id } };
  }

  /** What the effects so far left behind. Every charge is in euro, unless its id ends in the name of another currency. */
  #read({ pathname, searchParams }: URL): Answer {
    const [, , resource, id = ''] = pathname.split('/');
    switch (resource) {
      case 'charges':
        return { status: 200, body: { id, object: 'charge', currency: id.endsWith('usd') ? 'usd' : 'eur', amount: 9_900 } };
      case 'refunds':
        return list(this.effects.flatMap((effect, index) => refundMadeBy(effect, index, searchParams.get('charge'))));
      case 'subscriptions':
        return { status: 200, body: { id, object: 'subscription', metadata: metadataIn(this.effects.findLast(({ path }) => path === pathname)) } };
      case 'events':
        return list(this.effects.filter(({ path }) => path.endsWith('/send')).map(sentBy));
      default:
        return failed(404, 'invalid_request_error', `Unrecognized request URL (GET: ${pathname})`);
    }
  }
}

function refundMadeBy(effect: StripeEffect, index: number, charge: string | null): object[] {
  const isOurs = effect.path === '/v1/refunds' && effect.params['charge'] === charge;
  return isOurs ? [{ id: `re_${index + 1}`, object: 'refund', metadata: metadataIn(effect) }] : [];
}

function sentBy({ idempotencyKey }: StripeEffect, index: number): object {
  return { id: `evt_${index}`, object: 'event', type: 'invoice.sent', request: { id: null, idempotency_key: idempotencyKey } };
}

function metadataIn(effect: StripeEffect | undefined): Record<string, string> {
  const entries = Object.entries(effect?.params ?? {}).map(([name, value]) => [/^metadata\[(.+)\]$/.exec(name)?.[1], value] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[0] !== undefined));
}

function list(data: readonly object[]): Answer {
  return { status: 200, body: { object: 'list', data, has_more: false, url: '/v1' } };
}

function failed(status: number, type: string, message: string): Answer {
  return { status, body: { error: { type, message } } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_standin' }).end(JSON.stringify(body));
}
