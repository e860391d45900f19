import type { IncomingMessage } from 'node:http';
import { Problem } from '@troupe/service-host';
import getRawBody from 'raw-body';

/** The body as it was sent, which is what signatures are made over. Throws a Problem: 413 past `maxBytes`, 415 compressed, 400 cut off. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  refuseCompressed(request);
  try {
    return await getRawBody(request, { limit: maxBytes, length: request.headers['content-length'] ?? null });
  } catch (error) {
    throw bodyProblem(error, maxBytes);
  }
}

function refuseCompressed({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return;
  throw new Problem(415, { type: 'compressed-body', title: 'The body is compressed', detail: 'Compressed bodies are not taken.', hint: 'Send it without Content-Encoding.' });
}

function bodyProblem(error: unknown, maxBytes: number): Problem {
  if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
    return new Problem(413, {
      type: 'body-too-large',
      title: 'The body is too large',
      detail: `At most ${maxBytes} bytes are taken here.`,
      hint: 'Send less at once.',
    });
  }
  return new Problem(400, { type: 'body-cut-off', title: 'The body did not arrive whole', detail: 'The connection ended before the announced length.', hint: 'Send it again.' });
}
