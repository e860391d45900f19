import type { VNode } from 'preact';
import type { Card, CardField } from '../wire.ts';

/** What would happen, rendered as what it is: a mail looks like a mail. The agent's own form is one click away. */
export function Draft({ card }: { card: Card }): VNode | null {
  const fields = isQuestion(card) ? card.fields.filter((field) => field.key === 'context') : card.fields;
  if (fields.length === 0) return null;
  return (
    <section class="paper draft" aria-label="Proposed action">
      <h2>{titleOf(card)}</h2>
      <Fields fields={fields} />
      {card.proposed && (
        <details class="before">
          <summary>As {card.agent.name} proposed it, before your edit</summary>
          <Fields fields={card.proposed.fields} />
        </details>
      )}
    </section>
  );
}

/** The question is the headline, and its options are the buttons. */
function isQuestion(card: Card): boolean {
  return card.type === 'owner.ask';
}

function titleOf(card: Card): string {
  if (isQuestion(card)) return 'What to know';
  const isDone = card.state === 'executed' || card.state === 'compensated';
  if (card.type === 'email.send') return isDone ? 'The mail it sent' : 'The mail it would send';
  return isDone ? 'What it did' : 'What it would do';
}

function Fields({ fields }: { fields: readonly CardField[] }): VNode {
  const shown = fields.filter((field) => field.text !== '');
  const short = shown.filter((field) => field.kind !== 'long_text');
  const long = shown.filter((field) => field.kind === 'long_text');
  return (
    <>
      {short.length > 0 && (
        <dl class="fields">{short.map((field) => <div key={field.key}><dt>{field.label}</dt><dd>{field.text}</dd></div>)}</dl>
      )}
      {long.map((field) => (
        <div key={field.key} class="long" role="group" aria-label={field.label}>{field.text}</div>
      ))}
    </>
  );
}
