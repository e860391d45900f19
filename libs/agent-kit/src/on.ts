import { applyDecorators, Inject, Injectable, UseInterceptors, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { CompleteTask, RecallEpisodes, type EpisodeFilter, type EventContract, type RequestOf, type TaskOutcome } from '@troupe/contracts';
import { On as OnMessage, Queries, RetryableError, TerminalError, type HandlerContext, type OnOptions } from '@troupe/messaging';
import type { Observable } from 'rxjs';
import { agentCard } from './agent.ts';
import { Story, type StoryPorts } from './story.ts';

/** Marks what an agent does about an event: `async (event: EventOf<typeof SomeEvent>, story: Story)`. */
export function On(event: EventContract, options?: OnOptions): MethodDecorator {
  return applyDecorators(OnMessage(event, options), UseInterceptors(StoryInterceptor));
}

/** Hands an agent its story instead of the bare handler context. */
@Injectable()
class StoryInterceptor implements NestInterceptor {
  readonly #ports: StoryPorts;

  constructor(@Inject(Queries) queries: Queries) {
    this.#ports = { recall: (filter) => recall(queries, filter), complete: (request) => complete(queries, request) };
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const args = context.getArgs<[unknown, HandlerContext | Story]>();
    args[1] = new Story(agentCard(context.getClass()), args[1] as HandlerContext, this.#ports);
    return next.handle();
  }
}

async function recall(queries: Queries, filter: EpisodeFilter) {
  const reply = await queries.ask(RecallEpisodes, filter);
  if (reply.kind === 'found') return reply.episodes;
  const { failure } = reply;
  throw failure.retryable ? new RetryableError(failure.message, failure) : new TerminalError(failure.message, failure);
}

function complete(queries: Queries, request: RequestOf<typeof CompleteTask>): Promise<TaskOutcome> {
  return queries.ask(CompleteTask, request);
}
