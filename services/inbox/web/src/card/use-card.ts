import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, get } from '../api.ts';
import { useDebounced } from '../hooks.ts';
import type { LiveFeed } from '../live-feed.ts';
import { useToaster } from '../toasts.tsx';
import type { Card, Story } from '../wire.ts';

export interface OpenCard {
  readonly card: Card | undefined;
  readonly story: Story | undefined;
  /** There is no such card. */
  readonly missing: boolean;
}

/** One card and its story, as the server says they are now. */
export function useCard(feed: LiveFeed, id: string | undefined): OpenCard {
  const toaster = useToaster();
  const [card, setCard] = useState<Card>();
  const [story, setStory] = useState<Story>();
  const [missing, setMissing] = useState(false);
  const onError = (error: unknown): void => {
    if (error instanceof ApiProblem && error.status === 404) setMissing(true);
    else toaster.fail(error);
  };
  const load = (): void => {
    if (id !== undefined) get<Card>(`/api/actions/${encodeURIComponent(id)}`).then(setCard, onError);
  };
  const storyId = card?.storyId;
  const loadStory = useDebounced(() => {
    if (storyId !== undefined) get<Story>(`/api/stories/${encodeURIComponent(storyId)}`).then(setStory, onError);
  }, 60);
  useEffect(() => {
    load();
    const stops = [feed.on('card', (changed) => changed.id === id && setCard(changed)), feed.on('reload', load)];
    return () => stops.forEach((stop) => stop());
  }, [feed, id]);
  useEffect(() => {
    loadStory();
    return feed.on('story', (grown) => grown.storyId === storyId && loadStory());
  }, [feed, storyId]);
  return { card, story, missing };
}
