import type { TargetedSubmitEvent, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface RejectFormProps {
  readonly busy: boolean;
  /** What a no is called here. */
  readonly word: string;
  readonly onSubmit: (reason: string) => void;
  readonly onCancel: () => void;
}

/** No, and why: the reason goes on the record. */
export function RejectForm({ busy, word, onSubmit, onCancel }: RejectFormProps): VNode {
  const reason = useRef<HTMLInputElement>(null);
  // Before the browser handles another key: what is typed right after R must not be taken for commands.
  useLayoutEffect(() => reason.current?.focus(), []);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit(reason.current?.value.trim() ?? '');
  };
  return (
    <form class="inline-form" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <label for="reject-reason">Why not? <span class="muted small">optional, kept with the story</span></label>
      <input id="reject-reason" ref={reason} type="text" maxLength={2_000} />
      <div class="buttons">
        <button type="submit" class="danger" disabled={busy}>{word}</button>
        <button type="button" onClick={onCancel}>Cancel</button>
      </div>
    </form>
  );
}
