import type { RefObject, VNode } from 'preact';
import { countIn, piles, type Pile } from '../card-states.ts';
import { useNow } from '../hooks.ts';
import type { Summary } from '../wire.ts';
import { QueueItem } from './queue-item.tsx';
import type { QueueCards } from './use-queue.ts';

export interface QueueProps {
  readonly queue: QueueCards;
  readonly summary: Summary;
  readonly pile: Pile;
  readonly onPile: (pile: Pile) => void;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly cardId: string | undefined;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** What there is to decide, in three piles. */
export function Queue({ queue, summary, pile, onPile, words, onWords, cardId, search }: QueueProps): VNode {
  const nowMs = useNow(30_000);
  return (
    <section class="queue" aria-label="Queue">
      <div class="queue-head">
        <div class="piles" role="group" aria-label="Filter">
          {piles.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={id === pile} onClick={() => onPile(id)}>
              {label} <span class={`count ${id}`}>{countIn(id, summary.states)}</span>
            </button>
          ))}
        </div>
        <input
          ref={search}
          type="search"
          placeholder="Search"
          aria-label="Search cards"
          value={words}
          onInput={(event) => onWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </div>
      <ul class="items">
        {queue.cards.map((card) => (
          <QueueItem key={card.id} card={card} open={card.id === cardId} nowMs={nowMs} />
        ))}
      </ul>
      {queue.loaded && queue.cards.length === 0 && <EmptyQueue pile={pile} words={words} />}
      {queue.hasMore && (
        <button type="button" class="more" onClick={() => queue.loadMore()}>
          Show more
        </button>
      )}
    </section>
  );
}

function EmptyQueue({ pile, words }: { pile: Pile; words: string }): VNode {
  if (words !== '')
    return (
      <Empty title="No card has these words">
        Words are found by their beginning: “invo” finds “invoice”. Other piles may have one.
      </Empty>
    );
  switch (pile) {
    case 'needs':
      return (
        <Empty title="Nothing waits for you">
          When an agent wants to do something that needs your word, it appears here. To see it happen, send a mail to{' '}
          <code>localhost:2525</code>, or run <code>npm run troupe -- send some.eml</code>.
        </Empty>
      );
    case 'progress':
      return (
        <Empty title="Nothing is under way">Proposals being checked, approvals counting down and snoozed cards are here.</Empty>
      );
    case 'done':
      return (
        <Empty title="Nothing is done yet">What was sent, answered, rejected or undone is kept here, with its whole story.</Empty>
      );
    default:
      return pile satisfies never;
  }
}

function Empty({ title, children }: { title: string; children: preact.ComponentChildren }): VNode {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}
