import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  ActionAuthorized,
  ActionReferenceSchema,
  ActionUndone,
  ActionUndoRequested,
  ApprovalDecided,
  CompensationFailed,
  stableId,
  type Decision,
  type Envelope,
} from '@troupe/contracts';
import { isEvent, Publisher } from '@troupe/messaging';
import { Clock, Problem } from '@troupe/service-host';
import type { DecisionRequest } from '../api/api.contract.ts';
import { CardQueries } from '../projection/card-queries.ts';
import type { Card } from '../projection/card.contract.ts';
import { isAnswer } from '../projection/answers.ts';
import { isUndoable } from '../projection/card.projection.ts';
import { AnswerDesk } from './answer-desk.ts';
import { readDecision, refuseDecided } from './decision-check.ts';
import { ANSWER_TIMEOUT_MS, existingCard, lineage, OPERATOR, replyTo, type DeskReply } from './owners-word.ts';

/**
 * Takes the owner's word: puts it on the stream first, then waits for policy's answer to exactly that event. It judges
 * nothing itself beyond what can only be refused (I8).
 */
@Injectable()
export class DecisionDesk {
  readonly #queries: CardQueries;
  readonly #publisher: Publisher;
  readonly #answers: AnswerDesk;
  readonly #clock: Clock;

  constructor(queries: CardQueries, publisher: Publisher, answers: AnswerDesk, clock: Clock) {
    this.#queries = queries;
    this.#publisher = publisher;
    this.#answers = answers;
    this.#clock = clock;
  }

  /** Throws a problem when the decision does not count. With the same key the same decision is taken once. */
  async decide(id: string, request: DecisionRequest, key: string = randomUUID()): Promise<DeskReply> {
    const card = this.#existing(id);
    const eventId = stableId('dec', id, request.digest, request.decision, key);
    const known = this.#queries.answerTo(eventId);
    if (known) return this.#replyTo(known, request.decision, id);
    refuseDecided(card);
    const decided = {
      ...readDecision(card, request, this.#clock.now()),
      actionId: id,
      digest: request.digest,
      decidedBy: OPERATOR,
    };
    const answer = this.#answers.waitFor((event) => isAnswer(event) && event.causationid === eventId, ANSWER_TIMEOUT_MS);
    await this.#publisher.publish(ApprovalDecided, decided, { ...lineage(card), id: eventId });
    return this.#replyTo(await answer, request.decision, id, eventId);
  }

  /** Throws a problem when it cannot be taken back. */
  async undo(id: string, key: string = randomUUID()): Promise<DeskReply> {
    const card = this.#existing(id);
    const eventId = stableId('undo', id, key);
    const known = this.#queries.answerTo(eventId);
    if (known) return this.#replyTo(known, 'undo', id);
    refuseNothingToUndo(card);
    const answer = this.#answers.waitFor((event) => isAnswer(event) && (event.causationid === eventId || isUndoOf(id, event)), ANSWER_TIMEOUT_MS);
    const asked = { actionId: id, digest: card.digest, requestedBy: OPERATOR };
    await this.#publisher.publish(ActionUndoRequested, asked, { ...lineage(card), id: eventId });
    return this.#replyTo(await answer, 'undo', id, eventId);
  }

  #replyTo(answer: Envelope | undefined, decision: Decision | 'undo', id: string, eventId = ''): DeskReply {
    return replyTo(answer, decision, () => this.#existing(id), eventId);
  }

  #existing(id: string): Card {
    return existingCard(this.#queries, id);
  }
}

function isUndoOf(id: string, answer: Envelope): boolean {
  if (isEvent(ActionAuthorized, answer)) return answer.data.compensates === id;
  const isOutcome = answer.type === ActionUndone.type || answer.type === CompensationFailed.type;
  return isOutcome && ActionReferenceSchema.parse(answer.data).actionId === id;
}

function refuseNothingToUndo(card: Card): void {
  if (isUndoable(card.state)) return;
  throw new Problem(409, {
    type: 'nothing-to-undo',
    title: 'There is nothing to take back',
    detail: `The action is ${card.state}: nothing has happened, or it was taken back already.`,
    hint: 'Only what was authorised or has run can be undone.',
  });
}
