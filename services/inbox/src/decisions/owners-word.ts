import { Injectable } from '@nestjs/common';
import { Origin, type DataOf, type Envelope, type EventContract } from '@troupe/contracts';
import { Publisher } from '@troupe/messaging';
import { filter, firstValueFrom, map, race, timer } from 'rxjs';
import { CardQueries } from '../projection/card-queries.ts';
import type { Card } from '../projection/card.contract.ts';
import { InboxChanges } from '../projection/inbox-changes.ts';
import { problemInAnswer, refusal, type Asked } from './decision-answer.ts';

/** How long policy, or the effect gate, is waited for. */
const ANSWER_TIMEOUT_MS = 5_000;
/** Who speaks over the operator API. */
export const OPERATOR = 'operator';

/** What came of the owner's word: it was answered and this is the card, or it is on the stream and nobody has answered yet. */
export type WordReply =
  { readonly kind: 'answered'; readonly card: Card } | { readonly kind: 'recorded'; readonly eventId: string };

/** One word of the owner on a card, as the event that says it. */
export interface Word<Contract extends EventContract> {
  readonly asked: Asked;
  readonly card: Card;
  readonly contract: Contract;
  readonly data: DataOf<Contract>;
  /** Deterministic: the same word under the same key is said once. */
  readonly eventId: string;
  /** Whether an event answers it. */
  readonly isAnswer: (event: Envelope) => boolean;
}

/** How everything the owner says is said: onto the stream first, then whoever decides is waited for, then the card is shown. */
@Injectable()
export class OwnersWord {
  readonly #queries: CardQueries;
  readonly #publisher: Publisher;
  readonly #changes: InboxChanges;

  constructor(queries: CardQueries, publisher: Publisher, changes: InboxChanges) {
    this.#queries = queries;
    this.#publisher = publisher;
    this.#changes = changes;
  }

  /** The card of an action. Throws 404 when nobody proposed one. */
  card(id: string): Card {
    const card = this.#queries.card(id);
    if (card) return card;
    throw refusal({ code: 'unknown_action', message: `Nobody has proposed an action ${id}.`, hint: 'GET /api/actions lists them.' });
  }

  /** What came of a word that was said before; undefined when it was not, or nobody has answered. Throws the problem when it did not count. */
  earlier(eventId: string, asked: Asked, id: string): WordReply | undefined {
    const answer = this.#queries.answerTo(eventId);
    return answer && this.#replyTo(answer, asked, id);
  }

  /** Says it. Throws the problem when it did not count, RetryableError when the broker is away. */
  async say<Contract extends EventContract>({ asked, card, contract, data, eventId, isAnswer }: Word<Contract>): Promise<WordReply> {
    const answer = this.#firstFolded(isAnswer);
    await this.#publisher.publish(contract, data, {
      id: eventId,
      origin: Origin.operator,
      correlationId: card.storyId,
      causationId: card.lastEvent.id,
      hops: 0,
      subject: `action:${card.id}`,
    });
    const said = await answer;
    return said ? this.#replyTo(said, asked, card.id) : { kind: 'recorded', eventId };
  }

  /** The first event that fits, once the projection holds it; undefined when none comes in time. */
  #firstFolded(fits: (event: Envelope) => boolean): Promise<Envelope | undefined> {
    const answer = this.#changes.folded.pipe(
      map(({ event }) => event),
      filter(fits),
    );
    return firstValueFrom(race(answer, timer(ANSWER_TIMEOUT_MS).pipe(map(() => undefined))));
  }

  #replyTo(answer: Envelope, asked: Asked, id: string): WordReply {
    const problem = problemInAnswer(answer, asked);
    if (problem) throw problem;
    return { kind: 'answered', card: this.card(id) };
  }
}
