import type { VNode } from 'preact';
import type { Card } from '../wire.ts';
import { canReport, canRetry } from './afterwards.ts';
import { canUndo } from './undo.ts';

export interface NewsActionsProps {
  readonly card: Card;
  readonly nowMs: number;
  readonly busy: boolean;
  readonly onUndo: () => void;
  readonly onRetry: () => void;
  readonly onReport: (happened: boolean) => void;
}

/** What can be done about the news: stop it, send it again, or say how it ended. */
export function NewsActions({ card, nowMs, busy, onUndo, onRetry, onReport }: NewsActionsProps): VNode | null {
  if (canUndo(card, nowMs)) {
    return (
      <button type="button" class="undo" disabled={busy} aria-keyshortcuts="z" onClick={onUndo}>
        {card.state === 'executed' ? 'Take back' : 'Undo'} <kbd>Z</kbd>
      </button>
    );
  }
  if (canRetry(card)) {
    return (
      <button type="button" class="undo" disabled={busy} aria-keyshortcuts="t" onClick={onRetry}>
        Send again <kbd>T</kbd>
      </button>
    );
  }
  if (!canReport(card)) return null;
  return (
    <div class="buttons">
      <button type="button" class="undo" disabled={busy} onClick={() => onReport(true)}>
        It happened
      </button>
      <button type="button" class="undo" disabled={busy} onClick={() => onReport(false)}>
        It did not
      </button>
    </div>
  );
}
