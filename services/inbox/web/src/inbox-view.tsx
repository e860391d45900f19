import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CardPane } from './card/card-pane.tsx';
import { lookOf, type Pile } from './card-states.ts';
import { useKeys } from './hooks.ts';
import type { LiveFeed } from './live-feed.ts';
import { Queue } from './queue/queue.tsx';
import { neighbour } from './queue/neighbour.ts';
import { useQueue } from './queue/use-queue.ts';
import { cardAddress } from './route.ts';
import type { Summary } from './wire.ts';

/** The queue on the left, the card on the right; on a narrow screen one of the two. */
export function InboxView({ feed, summary, cardId }: { feed: LiveFeed; summary: Summary; cardId: string | undefined }): VNode {
  const [pile, setPile] = useState<Pile>('needs');
  const [words, setWords] = useState('');
  const queue = useQueue(feed, pile, words);
  const lastIndex = useRef(0);
  const search = useRef<HTMLInputElement>(null);
  const index = queue.cards.findIndex((card) => card.id === cardId);
  if (index >= 0) lastIndex.current = index;
  const step = (by: 1 | -1): void => open(neighbour(queue.cards, cardId, lastIndex.current, by)?.id);
  useKeys({ j: () => step(1), k: () => step(-1), '/': () => search.current?.focus() });
  useFirstCard(queue.loaded && pile === 'needs', cardId, queue.cards[0]?.id);
  return (
    <div class={`inbox ${cardId === undefined ? 'show-queue' : 'show-card'}`}>
      <Queue
        queue={queue}
        summary={summary}
        pile={pile}
        onPile={setPile}
        words={words}
        onWords={setWords}
        cardId={cardId}
        search={search}
      />
      <CardPane key={cardId ?? ''} feed={feed} cardId={cardId} onPile={(state) => setPile(lookOf(state).pile)} />
    </div>
  );
}

function open(id: string | undefined): void {
  if (id !== undefined) location.hash = cardAddress(id);
}

/** Where both columns fit, the first card that waits is opened by itself, once. */
function useFirstCard(ready: boolean, cardId: string | undefined, firstId: string | undefined): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !ready || firstId === undefined) return;
    done.current = true;
    if (cardId === undefined && matchMedia('(min-width: 880px)').matches) history.replaceState(null, '', cardAddress(firstId));
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, [ready, cardId, firstId]);
}
