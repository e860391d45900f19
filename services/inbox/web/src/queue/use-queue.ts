import { useEffect, useState } from 'preact/hooks';
import { get } from '../api.ts';
import { lookOf, statesIn, type Pile } from '../card-states.ts';
import { useDebounced } from '../hooks.ts';
import type { LiveFeed } from '../live-feed.ts';
import { useToaster } from '../toasts.tsx';
import type { Card, List } from '../wire.ts';
import { withCard } from './queue-cards.ts';

export interface QueueCards {
  readonly cards: readonly Card[];
  readonly loaded: boolean;
  readonly hasMore: boolean;
  loadMore(): void;
}

interface Loaded {
  readonly key: string;
  readonly cards: readonly Card[];
  readonly nextCursor: string | null;
}

const PAGE = 50;

/** One pile of cards, kept as the server says it is. A search is asked anew when something changes. */
export function useQueue(feed: LiveFeed, pile: Pile, words: string): QueueCards {
  const toaster = useToaster();
  const key = `${pile} ${words}`;
  const [loaded, setLoaded] = useState<Loaded>();
  const load = (cursor: string | null): void => {
    get<List<Card>>(listAddress(pile, words, cursor)).then(
      (page) => setLoaded((before) => ({
        key, nextCursor: page.nextCursor,
        cards: cursor !== null && before?.key === key ? [...before.cards, ...page.items] : page.items,
      })),
      (error: unknown) => toaster.fail(error),
    );
  };
  const reload = useDebounced(() => load(null), 150);
  useEffect(() => (words === '' ? load(null) : reload()), [key]);
  useEffect(() => {
    const onCard = (card: Card): void => {
      if (words !== '') return reload();
      setLoaded((before) => before && { ...before, cards: withCard(before.cards, card, lookOf(card.state).pile === pile) });
    };
    const stops = [feed.on('card', onCard), feed.on('reload', reload)];
    return () => stops.forEach((stop) => stop());
  }, [feed, key]);
  const current = loaded?.key === key ? loaded : undefined;
  return {
    cards: loaded?.cards.filter((card) => lookOf(card.state).pile === pile) ?? [],
    loaded: current !== undefined,
    hasMore: (current?.nextCursor ?? null) !== null,
    loadMore: () => load(current?.nextCursor ?? null),
  };
}

function listAddress(pile: Pile, words: string, cursor: string | null): string {
  const query = new URLSearchParams({ state: statesIn(pile).join(','), limit: String(PAGE) });
  if (words !== '') query.set('q', words);
  if (cursor !== null) query.set('cursor', cursor);
  return `/api/actions?${query}`;
}
