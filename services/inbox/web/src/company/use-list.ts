import { useEffect, useState } from 'preact/hooks';
import { get } from '../api.ts';
import { useDebounced } from '../hooks.ts';
import type { FeedEvents, LiveFeed } from '../live-feed.ts';
import { useToaster } from '../toasts.tsx';
import type { List } from '../wire.ts';

/** A list that is loaded anew when one of these things is told. Undefined until the first answer. */
export function useList<Item>(
  feed: LiveFeed,
  address: string,
  tellers: readonly (keyof FeedEvents)[],
): { items: readonly Item[] | undefined; reload: () => void } {
  const toaster = useToaster();
  const [items, setItems] = useState<readonly Item[]>();
  const reload = useDebounced(
    () =>
      void get<List<Item>>(address).then(
        (list) => setItems(list.items),
        (error: unknown) => toaster.fail(error),
      ),
    200,
  );
  useEffect(() => {
    reload();
    const stops = tellers.map((name) => feed.on(name, reload));
    return () => stops.forEach((stop) => stop());
  }, [feed, address]);
  return { items, reload };
}
