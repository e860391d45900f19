import type { VNode } from 'preact';
import type { Card } from '../wire.ts';
import { AnswerForm } from './answer-form.tsx';
import { isRelease } from './for-owner-alone.ts';
import { RejectForm } from './reject-form.tsx';
import { SnoozeForm } from './snooze-form.tsx';
import type { Decide } from './use-decide.ts';

/** What the owner is doing with the card. */
export type Mode = 'look' | 'edit' | 'reject' | 'snooze';

export interface DecisionBarProps {
  readonly card: Card;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly canEdit: boolean;
  readonly decide: Decide;
  readonly onDone: (done: Promise<boolean>) => void;
}

/** Where the owner's word is given. Stays in sight while the card is read. */
export function DecisionBar(props: DecisionBarProps): VNode {
  return (
    <div class="decide" role="group" aria-label="Decision">
      <DecisionForm {...props} />
    </div>
  );
}

function DecisionForm({ card, mode, onMode, canEdit, decide, onDone }: DecisionBarProps): VNode {
  const cancel = (): void => onMode('look');
  if (mode === 'reject') {
    return (
      <RejectForm
        busy={decide.busy}
        word={wordForNo(card)}
        onCancel={cancel}
        onSubmit={(reason) => onDone(decide.decide({ decision: 'reject', ...(reason !== '' && { reason }) }))}
      />
    );
  }
  if (mode === 'snooze') {
    return (
      <SnoozeForm
        busy={decide.busy}
        onCancel={cancel}
        onSubmit={(until) => onDone(decide.decide({ decision: 'snooze', until }))}
      />
    );
  }
  if (card.type === 'owner.ask') {
    return (
      <AnswerForm
        card={card}
        busy={decide.busy}
        onSubmit={(response) => onDone(decide.decide({ decision: 'respond', response }))}
      >
        <Aside onMode={onMode} busy={decide.busy} />
      </AnswerForm>
    );
  }
  return (
    <div class="buttons">
      <button
        type="button"
        class="primary"
        disabled={decide.busy}
        aria-keyshortcuts="a"
        onClick={() => onDone(decide.decide({ decision: 'approve' }))}
      >
        {isRelease(card) ? 'Release' : 'Approve'} <kbd>A</kbd>
      </button>
      {canEdit && (
        <button type="button" disabled={decide.busy} aria-keyshortcuts="e" onClick={() => onMode('edit')}>
          Edit <kbd>E</kbd>
        </button>
      )}
      <Aside onMode={onMode} busy={decide.busy} no={wordForNo(card)} />
    </div>
  );
}

/** Rejecting the release of a story ends it. */
function wordForNo(card: Card): string {
  return isRelease(card) ? 'End' : 'Reject';
}

function Aside({ onMode, busy, no = 'Reject' }: { onMode: (mode: Mode) => void; busy: boolean; no?: string }): VNode {
  return (
    <>
      <button type="button" disabled={busy} aria-keyshortcuts="r" onClick={() => onMode('reject')}>
        {no} <kbd>R</kbd>
      </button>
      <button type="button" disabled={busy} aria-keyshortcuts="s" onClick={() => onMode('snooze')}>
        Snooze <kbd>S</kbd>
      </button>
    </>
  );
}
