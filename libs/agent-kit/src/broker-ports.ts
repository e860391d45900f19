import { CompleteTask, RecallEpisodes, type Episode, type EpisodeFilter } from '@troupe/contracts';
import { RetryableError, TerminalError, type Queries } from '@troupe/messaging';
import type { StoryPorts } from './story.ts';

/** Memory and engine as a hosted agent reaches them: by request and reply over the broker. */
export function brokerPorts(queries: Pick<Queries, 'ask'>, ownerEmail: string): StoryPorts {
  return {
    ownerEmail,
    recall: (filter) => recallAll(queries, filter),
    complete: (request) => queries.ask(CompleteTask, request),
  };
}

/** Asks on while memory has more than fits into one reply, until `limit` episodes are there. */
async function recallAll(queries: Pick<Queries, 'ask'>, filter: EpisodeFilter): Promise<readonly Episode[]> {
  const found: Episode[] = [];
  for (;;) {
    const page = await recallPage(queries, { ...filter, limit: filter.limit - found.length, ...below(found.at(-1)) });
    found.push(...page.episodes);
    if (!page.more || page.episodes.length === 0 || found.length >= filter.limit) return found;
  }
}

function below(last: Episode | undefined): Pick<EpisodeFilter, 'before'> {
  return last === undefined ? {} : { before: last.sequence };
}

async function recallPage(queries: Pick<Queries, 'ask'>, filter: EpisodeFilter) {
  const reply = await queries.ask(RecallEpisodes, filter);
  if (reply.kind === 'found') return reply;
  const { failure } = reply;
  throw failure.retryable ? new RetryableError(failure.message, failure) : new TerminalError(failure.message, failure);
}
