import { Controller, Param, UseGuards, UseInterceptors } from '@nestjs/common';
import type { z } from 'zod';
import { OperatorGuard } from '../access/operator.guard.ts';
import { CardQueries } from '../projection/card-queries.ts';
import { StoryParams, type StoryReply } from './api.contract.ts';
import { checked } from './checked.ts';
import { notFound } from './not-found.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

const MAX_CARDS = 200;

/** What followed from one arrival. */
@Controller()
@UseGuards(OperatorGuard)
@UseInterceptors(ProblemsForFailures)
export class StoriesController {
  readonly #queries: CardQueries;

  constructor(queries: CardQueries) {
    this.#queries = queries;
  }

  @Serve(Routes.getStory)
  get(@Param(checked('path', StoryParams)) { correlationId: id }: StoryParams): z.infer<typeof StoryReply> {
    const story = this.#queries.story(id) ?? notFound('story', id, 'A card names its story as storyId.');
    const cards = this.#queries.cards({ story: id, limit: MAX_CARDS }).items;
    return { id, original: story.original, items: story.events, nextCursor: null, cards };
  }
}
