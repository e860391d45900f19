import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one request; several are used in the order given, the last one again and again. */
export type ServerMove =
  | { kind: 'chat'; content?: string | null; refusal?: string; finishReason?: string; model?: string }
  | { kind: 'embeddings'; vectors: number[][] }
  | { kind: 'fail'; status: number; headers?: Record<string, string>; error?: Record<string, unknown> }
  | { kind: 'raw'; body: string }
  | { kind: 'hang' };

export interface SeenRequest {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

/** A local server that speaks as much of OpenAI's HTTP API as the engine uses. For tests; it answers what it is told to. */
export class OpenAiServer {
  readonly seen: SeenRequest[] = [];
  readonly #moves: ServerMove[];
  readonly #server: Server;

  private constructor(moves: ServerMove[]) {
    this.#moves = moves;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(...moves: ServerMove[]): Promise<OpenAiServer> {
    const server = new OpenAiServer(moves);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    this.seen.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    const move = this.#moves[Math.min(this.seen.length, this.#moves.length) - 1];
    if (move) play(move, response);
  }
}

function play(move: ServerMove, response: ServerResponse): void {
  switch (move.kind) {
    case 'chat':
      return send(response, 200, chatCompletion(move));
    case 'embeddings':
      return send(response, 200, { object: 'list', model: 'embedder', data: move.vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })), usage: { prompt_tokens: 3, total_tokens: 3 } });
    case 'fail':
      return send(response, move.status, { error: { message: 'told to fail', type: 'test', ...move.error } }, move.headers);
    case 'raw':
      response.writeHead(200, { 'content-type': 'application/json' }).end(move.body);
      return;
    case 'hang':
      // Headers and half a body, then silence: the harder kind of time-out.
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      return;
    default:
      move satisfies never;
  }
}

function chatCompletion({ content = null, refusal, finishReason = 'stop', model = 'gpt-4.1-mini-2025-04-14' }: Extract<ServerMove, { kind: 'chat' }>) {
  const message = { role: 'assistant', content, refusal: refusal ?? null };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, finish_reason: finishReason, message, logprobs: null }],
    usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  };
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
