import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ActionOutcomeReported, ActionRetryRequested, stableId } from '@troupe/contracts';
import { Publisher } from '@troupe/messaging';
import { Problem } from '@troupe/service-host';
import type { OutcomeRequest } from '../api/api.contract.ts';
import { CardQueries } from '../projection/card-queries.ts';
import type { Card } from '../projection/card.contract.ts';
import { AnswerDesk } from './answer-desk.ts';
import { ANSWER_TIMEOUT_MS, existingCard, lineage, OPERATOR, replyTo, type DeskReply } from './owners-word.ts';

/** Takes the owner's word on what has been tried: do it once more, or this is how it ended. */
@Injectable()
export class OutcomeDesk {
  readonly #queries: CardQueries;
  readonly #publisher: Publisher;
  readonly #answers: AnswerDesk;

  constructor(queries: CardQueries, publisher: Publisher, answers: AnswerDesk) {
    this.#queries = queries;
    this.#publisher = publisher;
    this.#answers = answers;
  }

  /** Sends a failed action again, in the same form; policy says whether. Throws a problem when it does not. */
  async retry(id: string, key: string = randomUUID()): Promise<DeskReply> {
    const card = existingCard(this.#queries, id);
    const eventId = stableId('retry', id, key);
    const known = this.#queries.answerTo(eventId);
    if (known) return replyTo(known, 'retry', () => existingCard(this.#queries, id), eventId);
    refuseFinal(card);
    const answer = this.#answers.waitFor((event) => event.causationid === eventId, ANSWER_TIMEOUT_MS);
    const asked = { actionId: id, digest: card.digest, requestedBy: OPERATOR };
    await this.#publisher.publish(ActionRetryRequested, asked, { ...lineage(card), id: eventId });
    return replyTo(await answer, 'retry', () => existingCard(this.#queries, id), eventId);
  }

  /** Says how an action of unknown outcome ended; the effect gate takes it unless it has learned better meanwhile. */
  async report(id: string, { happened, note }: OutcomeRequest, key: string = randomUUID()): Promise<DeskReply> {
    const card = existingCard(this.#queries, id);
    refuseKnown(card);
    const eventId = stableId('outcome', id, key);
    const answer = this.#answers.waitFor((event) => event.causationid === eventId, ANSWER_TIMEOUT_MS);
    const report = { actionId: id, digest: card.digest, happened, reportedBy: OPERATOR, ...(note === undefined ? {} : { note }) };
    await this.#publisher.publish(ActionOutcomeReported, report, { ...lineage(card), id: eventId });
    return replyTo(await answer, 'outcome', () => existingCard(this.#queries, id), eventId);
  }
}

function refuseFinal({ state, failure }: Card): void {
  if (state === 'failed' && failure?.retryable) return;
  throw new Problem(409, {
    type: 'nothing-to-retry',
    title: 'It cannot be sent again',
    detail: state === 'failed' ? 'It failed in a way that would not pass.' : `The action is ${state}.`,
    hint: 'Only what failed for a reason that may pass can be sent again as it is. For anything else, have it proposed anew.',
  });
}

function refuseKnown({ state }: Card): void {
  if (state === 'unknown') return;
  throw new Problem(409, {
    type: 'outcome-not-open',
    title: 'Its outcome is not open',
    detail: `The action is ${state}.`,
    hint: 'Only of an action of unknown outcome can you say how it ended.',
  });
}
