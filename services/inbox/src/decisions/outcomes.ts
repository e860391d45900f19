import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ActionOutcomeReported, ActionRetryRequested, stableId } from '@troupe/contracts';
import { Problem } from '@troupe/service-host';
import type { OutcomeRequest } from '../api/api.contract.ts';
import type { Card } from '../projection/card.contract.ts';
import { OPERATOR, OwnersWord, type WordReply } from './owners-word.ts';

/** What the owner says of an action that has been tried: do it once more, or this is how it ended. */
@Injectable()
export class Outcomes {
  readonly #word: OwnersWord;

  constructor(word: OwnersWord) {
    this.#word = word;
  }

  /** Sends a failed action again, in the same form; policy says whether. Throws a problem when it does not. */
  async retry(id: string, key: string = randomUUID()): Promise<WordReply> {
    const card = this.#word.card(id);
    const eventId = stableId('retry', id, key);
    const earlier = this.#word.earlier(eventId, 'retry', id);
    if (earlier) return earlier;
    refuseFinal(card);
    const data = { actionId: id, digest: card.digest, requestedBy: OPERATOR };
    return this.#word.say({ asked: 'retry', card, contract: ActionRetryRequested, data, eventId, isAnswer: ({ causationid }) => causationid === eventId });
  }

  /** Says how an action of unknown outcome ended; the effect gate takes it unless it has learned better meanwhile. */
  async report(id: string, { happened, note }: OutcomeRequest, key: string = randomUUID()): Promise<WordReply> {
    const card = this.#word.card(id);
    refuseKnown(card);
    const eventId = stableId('outcome', id, key);
    const data = { actionId: id, digest: card.digest, happened, reportedBy: OPERATOR, ...(note === undefined ? {} : { note }) };
    return this.#word.say({ asked: 'outcome', card, contract: ActionOutcomeReported, data, eventId, isAnswer: ({ causationid }) => causationid === eventId });
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
