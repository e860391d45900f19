import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { moment } from '../format.ts';
import { snoozeChoices } from './snooze-choices.ts';

export interface SnoozeFormProps {
  readonly busy: boolean;
  readonly onSubmit: (until: string) => void;
  readonly onCancel: () => void;
}

/** When the card comes back. */
export function SnoozeForm({ busy, onSubmit, onCancel }: SnoozeFormProps): VNode {
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.querySelector('button')?.focus(), []);
  return (
    <div class="inline-form" ref={first} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <span>Come back</span>
      <div class="buttons" role="group" aria-label="Snooze until">
        {snoozeChoices(new Date()).map(({ label, until }) => (
          <button key={label} type="button" disabled={busy} title={moment(until)} onClick={() => onSubmit(until)}>{label}</button>
        ))}
        <button type="button" class="plain" onClick={onCancel}>Cancel</button>
      </div>
    </div>
  );
}
