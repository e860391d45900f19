import type { ComponentChildren, TargetedSubmitEvent, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Card } from '../wire.ts';

export interface AnswerFormProps {
  readonly card: Card;
  readonly busy: boolean;
  readonly onSubmit: (response: string) => void;
  readonly children: ComponentChildren;
}

/** The answer to an agent's question: one of those it would understand as they stand, or the owner's own words. */
export function AnswerForm({ card, busy, onSubmit, children }: AnswerFormProps): VNode {
  const words = useRef<HTMLTextAreaElement>(null);
  const options = Array.isArray(card.args['options']) ? card.args['options'].map(String) : [];
  const hasOptions = options.length > 0;
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit(words.current?.value ?? '');
  };
  return (
    <form class="inline-form" onSubmit={submit}>
      {hasOptions && (
        <div class="buttons" role="group" aria-label="Possible answers">
          {options.map((option) => (
            <button key={option} type="button" class="option" disabled={busy} onClick={() => onSubmit(option)}>
              {option}
            </button>
          ))}
        </div>
      )}
      <label for="answer-words">{hasOptions ? 'Or in your own words' : 'Your answer'}</label>
      <textarea id="answer-words" ref={words} rows={2} required maxLength={8_000} />
      <div class="buttons">
        <button type="submit" class="primary" disabled={busy}>
          Answer
        </button>
        {children}
      </div>
    </form>
  );
}
