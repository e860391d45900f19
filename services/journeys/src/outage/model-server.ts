import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A model server on this machine. It speaks chat completions, and says nearly the same to every mail. */
export interface ModelServer {
  readonly port: number;
  stop(): Promise<void>;
}

interface ChatRequest {
  readonly messages: unknown;
  readonly response_format?: { readonly json_schema?: { readonly schema?: { readonly properties?: object } } };
}

const TRIAGE = { category: 'support', urgency: 'normal', who: {}, what: 'Something does not work.', asks: [], amounts: [], dates: [], references: [], confidence: 0.9 };
const DRAFT = { subject: 'Re: your mail', body: 'Hello,\n\nthank you for writing. I am looking into it.\n\nBest regards', citations: [], confidence: 0.9 };

/** Stands in for a model: what is tested is what becomes of the mails while it is away, not what it says. */
export async function startModelServer(): Promise<ModelServer> {
  const server = createServer((request, response) => {
    void (json(request) as Promise<ChatRequest>).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion(answerTo(body))));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo({ messages, response_format: format }: ChatRequest): object {
  if (!('category' in (format?.json_schema?.schema?.properties ?? {}))) return DRAFT;
  return JSON.stringify(messages).includes('Unsubscribe') ? { ...TRIAGE, category: 'newsletter' } : TRIAGE;
}

function completion(answer: object): object {
  const message = { role: 'assistant', content: JSON.stringify(answer), refusal: null };
  return {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'always-the-same' },
    choices: [{ index: 0, finish_reason: 'stop', message, logprobs: null }],
    usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
  };
}
