import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useNow } from '../hooks.ts';
import type { LiveFeed } from '../live-feed.ts';
import type { WaitRow } from '../wire.ts';
import { useList } from './use-list.ts';
import { waitingSince, waitingWhat } from './waiting-words.ts';

/** While somebody waits it is asked again: that a wait is over is not always said. */
const LOOK_EVERY_MS = 15_000;

/** Who waits for something that is away. Nothing when nobody does: there is nothing to decide about it. */
export function Waiting({ feed }: { feed: LiveFeed }): VNode | null {
  const { items, reload } = useList<WaitRow>(feed, '/api/waits', ['wait', 'reload']);
  const nowMs = useNow(10_000);
  useEffect(() => {
    feed.tell('counts', undefined);
    if (!items || items.length === 0) return undefined;
    const looking = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(looking);
  }, [feed, items]);
  if (!items || items.length === 0) return null;
  return (
    <section aria-labelledby="waiting-title">
      <h2 id="waiting-title">Waiting</h2>
      <p class="muted">Something that is needed is away. What waits is tried again by itself; nothing is lost meanwhile.</p>
      <ul class="letters">
        {items.map((wait) => (
          <li key={`${wait.service} ${wait.handler} ${wait.code}`}>
            <p>
              <strong>
                {waitingSince(wait, nowMs)}: {wait.message}
              </strong>
            </p>
            <p>{wait.hint}</p>
            <p class="muted small">
              {waitingWhat(wait)} · {wait.code}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
