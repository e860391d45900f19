import { TOKEN, type RunningInbox } from './running-inbox.ts';

export interface StreamedEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
}

/** Reads the inbox's server-sent events up to the first that `isLast`; fails after five seconds. */
export async function readStream(
  app: RunningInbox,
  headers: Record<string, string>,
  isLast: (event: StreamedEvent) => boolean,
): Promise<StreamedEvent[]> {
  const signal = AbortSignal.timeout(5_000);
  const response = await fetch(`${app.url}/api/stream`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers }, signal });
  const seen: StreamedEvent[] = [];
  let unread = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = `${unread}${decoder.decode(chunk as Uint8Array, { stream: true })}`.split('\n\n');
    unread = blocks.pop() ?? '';
    seen.push(...blocks.flatMap(parseBlock));
    if (seen.some(isLast)) break;
  }
  return seen.slice(0, seen.findIndex(isLast) + 1);
}

function parseBlock(block: string): StreamedEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const event = fields.get('event');
  const id = fields.get('id');
  if (event === undefined) return [];
  return [{ event, data: JSON.parse(fields.get('data') ?? 'null') as unknown, ...(id !== undefined && { id }) }];
}
