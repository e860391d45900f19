import type { VNode } from 'preact';
import { isDecidable } from '../card-states.ts';
import type { Card, CardField } from '../wire.ts';
import { isRelease } from './for-owner-alone.ts';

/** What would happen, rendered as what it is: a mail looks like a mail. The agent's own form is one click away. */
export function Draft({ card }: { card: Card }): VNode | null {
  const fields = isQuestion(card) ? card.fields.filter((field) => field.key === 'context') : card.fields;
  if (isRelease(card)) return <StoppedStory card={card} />;
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

/** Why a story was stopped, what it did last, and what either word of the owner does. */
function StoppedStory({ card }: { card: Card }): VNode {
  const last = Array.isArray(card.args['lastEvents']) ? card.args['lastEvents'].map(String) : [];
  return (
    <section class="paper draft stopped-story" aria-label="Stopped story">
      {isDecidable(card.state) && (
        <>
          <h2>What either word does</h2>
          <dl class="fields">
            <div><dt>Release</dt><dd>It goes on where it stopped, within a minute, and may use up as much again. Then you are asked again.</dd></div>
            <div><dt>End</dt><dd>What still waits in it is dropped, and nothing more comes of it. What has happened stays as it is.</dd></div>
          </dl>
        </>
      )}
      {last.length > 0 && (
        <>
          <h2>What it did last</h2>
          <ol>{last.map((event, place) => <li key={`${place} ${event}`}>{event}</li>)}</ol>
        </>
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
