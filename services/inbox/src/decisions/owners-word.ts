import { Origin, type Envelope } from '@troupe/contracts';
import { type CardQueries } from '../projection/card-queries.ts';
import type { Card } from '../projection/card.contract.ts';
import { problemInAnswer, refusal, type Asked } from './decision-answer.ts';

/** How long policy, or the effect gate, is waited for. */
export const ANSWER_TIMEOUT_MS = 5_000;
/** Who speaks over the operator API. */
export const OPERATOR = 'operator';

/** What came of the owner's word: it was answered and this is the card, or it is on the stream and nobody has answered yet. */
export type DeskReply =
  { readonly kind: 'answered'; readonly card: Card } | { readonly kind: 'recorded'; readonly eventId: string };

/** The card of an action. Throws 404 when nobody proposed one. */
export function existingCard(queries: CardQueries, id: string): Card {
  const card = queries.card(id);
  if (card) return card;
  throw refusal({
    code: 'unknown_action',
    message: `Nobody has proposed an action ${id}.`,
    hint: 'GET /api/actions lists them.',
  });
}

/** The owner's word joins the story, caused by what the card last showed of it. */
export function lineage(card: Card): { origin: Origin; correlationId: string; causationId: string; hops: number; subject: string } {
  return {
    origin: Origin.operator,
    correlationId: card.storyId,
    causationId: card.lastEvent.id,
    hops: 0,
    subject: `action:${card.id}`,
  };
}

/** The reply that an answer makes, or its absence. Throws the problem when the word did not count. */
export function replyTo(answer: Envelope | undefined, asked: Asked, card: () => Card, eventId: string): DeskReply {
  if (!answer) return { kind: 'recorded', eventId };
  const problem = problemInAnswer(answer, asked);
  if (problem) throw problem;
  return { kind: 'answered', card: card() };
}
