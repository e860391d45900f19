import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  ActionAuthorized, ActionReferenceSchema, ActionUndone, ActionUndoRequested, ApprovalDecided, CompensationFailed, stableId, type Envelope,
} from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import { Clock, Problem } from '@troupe/service-host';
import type { DecisionRequest } from '../api/api.contract.ts';
import { isAnswer } from '../projection/answers.ts';
import type { Card } from '../projection/card.contract.ts';
import { isUndoable } from '../projection/card.projection.ts';
import { readDecision, refuseDecided } from './decision-check.ts';
import { OPERATOR, OwnersWord, type WordReply } from './owners-word.ts';

/** What the owner decides of an action, and takes back. It judges nothing itself beyond what can only be refused (I8). */
@Injectable()
export class Decisions {
  readonly #word: OwnersWord;
  readonly #clock: Clock;

  constructor(word: OwnersWord, clock: Clock) {
    this.#word = word;
    this.#clock = clock;
  }

  /** Throws a problem when the decision does not count. With the same key the same decision is taken once. */
  async decide(id: string, request: DecisionRequest, key: string = randomUUID()): Promise<WordReply> {
    const asked = request.decision;
    const card = this.#word.card(id);
    const eventId = stableId('dec', id, request.digest, asked, key);
    const earlier = this.#word.earlier(eventId, asked, id);
    if (earlier) return earlier;
    refuseDecided(card);
    const data = { ...readDecision(card, request, this.#clock.now()), actionId: id, digest: request.digest, decidedBy: OPERATOR };
    return this.#word.say({ asked, card, contract: ApprovalDecided, data, eventId, isAnswer: (event) => isAnswer(event) && event.causationid === eventId });
  }

  /** Throws a problem when it cannot be taken back. */
  async undo(id: string, key: string = randomUUID()): Promise<WordReply> {
    const card = this.#word.card(id);
    const eventId = stableId('undo', id, key);
    const earlier = this.#word.earlier(eventId, 'undo', id);
    if (earlier) return earlier;
    refuseNothingToUndo(card);
    const data = { actionId: id, digest: card.digest, requestedBy: OPERATOR };
    const isItsAnswer = (event: Envelope): boolean => isAnswer(event) && (event.causationid === eventId || isUndoOf(id, event));
    return this.#word.say({ asked: 'undo', card, contract: ActionUndoRequested, data, eventId, isAnswer: isItsAnswer });
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
