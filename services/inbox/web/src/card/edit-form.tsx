import type { TargetedSubmitEvent, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiProblem } from '../api.ts';
import type { Card, CardField } from '../wire.ts';
import { draftOf, editedArgs, fieldOfProblem } from './edit-args.ts';

export interface EditFormProps {
  readonly card: Card;
  readonly busy: boolean;
  readonly problems: ApiProblem['fields'];
  readonly onSubmit: (args: Record<string, unknown>) => void;
  readonly onCancel: () => void;
}

/** The proposal as a form. Sending it approves the edited form, if policy agrees. */
export function EditForm({ card, busy, problems, onSubmit, onCancel }: EditFormProps): VNode {
  const [draft, setDraft] = useState(() => draftOf(card.fields));
  const form = useRef<HTMLFormElement>(null);
  // Before the browser handles another key: what is typed right after E must not be taken for commands.
  useLayoutEffect(() => startAtTop(firstControl(form.current)), []);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit(editedArgs(card, draft));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  return (
    <form ref={form} class="paper draft editing" aria-label="Edit" onSubmit={submit} onKeyDown={onKey}>
      <h2>Your edit</h2>
      {card.fields.map((field) => (
        <Control
          key={field.key}
          field={field}
          text={draft[field.key] ?? field.text}
          problem={problems.find((problem) => fieldOfProblem(problem.field) === field.key)?.message}
          onText={(text) => setDraft((before) => ({ ...before, [field.key]: text }))}
        />
      ))}
      <div class="form-foot">
        <button type="submit" class="primary" disabled={busy}>
          Approve with changes
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <span class="muted small">Ctrl+Enter approves, Esc cancels</span>
      </div>
    </form>
  );
}

type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** The long text is what is edited most. */
function firstControl(form: HTMLFormElement | null): TextControl | null | undefined {
  return form?.querySelector<TextControl>('textarea:not([readonly])') ?? form?.querySelector<TextControl>('input:not([readonly])');
}

function startAtTop(control: TextControl | null | undefined): void {
  control?.focus();
  control?.setSelectionRange(0, 0);
}

interface ControlProps {
  readonly field: CardField;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
}

function Control({ field, text, problem, onText }: ControlProps): VNode {
  const id = `edit-${field.key}`;
  const shared = {
    id,
    value: text,
    readOnly: !field.editable,
    'aria-invalid': problem !== undefined,
    ...(problem !== undefined && { 'aria-describedby': `${id}-problem` }),
    onInput: (event: { currentTarget: TextControl }) => onText(event.currentTarget.value),
  };
  return (
    <div class="control">
      <label for={id}>
        {field.label}
        {field.kind === 'addresses' && <span class="muted small"> commas between</span>}
      </label>
      {field.kind === 'long_text' ? (
        <textarea {...shared} rows={Math.min(22, Math.max(8, text.split('\n').length + 2))} />
      ) : (
        <input {...shared} type="text" />
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
