import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../api.ts';
import { moment } from '../format.ts';
import type { LiveFeed } from '../live-feed.ts';
import { useToaster } from '../toasts.tsx';
import type { DeadLetterRow } from '../wire.ts';
import { useList } from './use-list.ts';
import { Waiting } from './waiting.tsx';

/** What could not be handled, why, and the two things to do about it. */
export function Undelivered({ feed }: { feed: LiveFeed }): VNode {
  const { items, reload } = useList<DeadLetterRow>(feed, '/api/dead-letters', ['deadLetter', 'reload']);
  const [busy, setBusy] = useState(false);
  const toaster = useToaster();
  const settle = async (id: string, what: 'redrive' | 'discard'): Promise<void> => {
    setBusy(true);
    try {
      await call('POST', `/api/dead-letters/${id}/${what}`);
      toaster.note(what === 'redrive' ? 'Handed over once more' : 'Discarded');
    } catch (error) {
      toaster.fail(error);
    } finally {
      setBusy(false);
      reload();
      feed.tell('deadLetter', undefined);
    }
  };
  return (
    <main class="page">
      <h1>Undelivered</h1>
      <Waiting feed={feed} />
      <h2>Given up</h2>
      <p class="muted">Events that a handler refused or failed on every time. Nothing is dropped silently.</p>
      {items?.length === 0 && (
        <div class="empty">
          <h2>Nothing was given up</h2>
          <p>When something cannot be handled, it waits here with its reason until you redrive or discard it.</p>
        </div>
      )}
      <ul class="letters">
        {items?.map((letter) => (
          <li key={letter.id}>
            <p>
              <strong>{letter.failure.message}</strong>
            </p>
            <p>{letter.failure.hint}</p>
            <p class="muted small">
              {letter.service}, {letter.handler} · {letter.eventType} · {letter.deliveries} deliveries · {moment(letter.time)}
            </p>
            <div class="buttons">
              <button type="button" disabled={busy} onClick={() => void settle(letter.id, 'redrive')}>
                Try again
              </button>
              <button type="button" class="danger" disabled={busy} onClick={() => void settle(letter.id, 'discard')}>
                Discard
              </button>
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}
