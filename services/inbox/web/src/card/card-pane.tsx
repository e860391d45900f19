import type { VNode } from 'preact';
import type { LiveFeed } from '../live-feed.ts';
import type { CardState } from '../wire.ts';
import { CardView } from './card-view.tsx';
import { useCard } from './use-card.ts';

export interface CardPaneProps {
  readonly feed: LiveFeed;
  readonly cardId: string | undefined;
  /** Shows the pile a card is in. */
  readonly onPile: (state: CardState) => void;
}

/** The right side: the open card, or what to do when none is. */
export function CardPane({ feed, cardId, onPile }: CardPaneProps): VNode {
  const { card, story, missing } = useCard(feed, cardId);
  return (
    <main class="pane" aria-label="Card">
      {card && <CardView feed={feed} card={card} story={story} onPile={onPile} />}
      {missing && (
        <div class="empty">
          <h2>There is no such card</h2>
          <p>
            Its address may be mistyped, or the inbox is being rebuilt. <a href="#/">Back to the queue</a>
          </p>
        </div>
      )}
      {cardId === undefined && (
        <div class="empty">
          <h2>Choose a card</h2>
          <p>
            Open one on the left, or press <kbd>J</kbd>. <kbd>?</kbd> shows all keys.
          </p>
        </div>
      )}
    </main>
  );
}
