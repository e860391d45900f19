import type { ComponentChildren, VNode } from 'preact';
import { moment, untilText } from '../format.ts';
import { useNow } from '../hooks.ts';
import type { Card } from '../wire.ts';
import { isRelease } from './for-owner-alone.ts';
import { NewsActions, type NewsActionsProps } from './news-actions.tsx';
import { isHolding } from './undo.ts';

/** The one thing to know about a card right now, and what can be done about it. */
export function CardNews(props: Omit<NewsActionsProps, 'nowMs'>): VNode | null {
  const { card } = props;
  const nowMs = useNow(250, card.state === 'authorized');
  const news = newsOf(card, nowMs);
  if (!news) return null;
  return (
    <div class={`news ${news.tone}`} role="status" aria-live={isHolding(card, nowMs) ? 'off' : 'polite'}>
      <div>{news.text}</div>
      <NewsActions {...props} nowMs={nowMs} />
    </div>
  );
}

interface News {
  readonly tone: 'wait' | 'move' | 'good' | 'bad' | 'quiet';
  readonly text: ComponentChildren;
}

function newsOf(card: Card, nowMs: number): News | undefined {
  if (card.undoing) return { tone: 'move', text: 'Being taken back…' };
  switch (card.state) {
    case 'held':
      return waiting(card);
    case 'proposed':
    case 'verified':
    case 'flagged':
      return { tone: 'move', text: 'Being checked. Policy has not spoken yet.' };
    case 'snoozed':
      return {
        tone: 'quiet',
        text: (
          <>
            Put aside
            {card.snoozedUntil && (
              <>
                {' '}
                until <strong>{moment(card.snoozedUntil)}</strong>
              </>
            )}
            . You can still decide now.
          </>
        ),
      };
    case 'authorized':
      return card.deferred ? { tone: 'wait', text: putOff(card.deferred) } : { tone: 'move', text: approved(card, nowMs) };
    case 'executing':
      return { tone: 'move', text: 'Under way…' };
    case 'executed':
      return {
        tone: 'good',
        text: (
          <>
            {card.outcome?.summary ?? 'Done'}
            {card.outcome?.mode === 'sandbox' && <span class="badge quiet">sandbox: nothing left this machine</span>}
            <FailureText card={card} />
          </>
        ),
      };
    case 'unknown':
      return {
        tone: 'bad',
        text: (
          <>
            <FailureText card={card} />
            <p class="why">When you have looked, say how it ended.</p>
          </>
        ),
      };
    case 'failed':
      return { tone: 'bad', text: <FailureText card={card} /> };
    case 'denied':
      return {
        tone: 'quiet',
        text: (
          <>
            {refused(card)}
            <Words card={card} />
          </>
        ),
      };
    case 'expired':
      return { tone: 'quiet', text: expired(card) };
    case 'undone':
      return { tone: 'quiet', text: 'Stopped before it left. Nothing happened.' };
    case 'compensated':
      return { tone: 'quiet', text: 'Done, and taken back.' };
    case 'answered':
      return {
        tone: 'good',
        text: (
          <>
            {isRelease(card) ? 'You released the story. It goes on.' : 'You answered.'}
            <Words card={card} />
          </>
        ),
      };
    default:
      return card.state satisfies never;
  }
}

function refused(card: Card): string {
  if (card.decision?.what !== 'reject') return 'Policy refused this.';
  return isRelease(card) ? 'You ended the story. Nothing more comes of it.' : 'You rejected this.';
}

function expired(card: Card): string {
  if (isRelease(card)) return 'Nobody decided in time. The story still stands, and a new card asks you again.';
  return 'Nobody decided in time, so it will not run. The agent can propose it anew.';
}

/** The story waits with all it has yet to do; nothing is lost meanwhile. */
function stoppedStory(): News {
  return {
    tone: 'wait',
    text: (
      <>
        <strong>This story stands still until you say whether it may go on.</strong> Nothing of it is lost meanwhile.
      </>
    ),
  };
}

function waiting(card: Card): News {
  if (isRelease(card)) return stoppedStory();
  if (card.type === 'owner.ask')
    return {
      tone: 'wait',
      text: (
        <>
          <strong>{card.agent.name} asks instead of guessing.</strong> Your answer is passed on to it.
        </>
      ),
    };
  const reasons = card.policy?.reasons.join(' ');
  const failed = card.checks.filter((check) => !check.passed).map((check) => `${check.name}: ${check.detail}`);
  const text = (
    <>
      <strong>{card.waitsBecause}</strong>
      {reasons && <span class="why"> {reasons}</span>}
      {failed.length > 0 && <p class="failed-checks">The verifier could not confirm {failed.join('; ')}.</p>}
    </>
  );
  return { tone: 'wait', text };
}

function approved(card: Card, nowMs: number): ComponentChildren {
  if (card.holdUntil === null) return 'Approved. It runs now.';
  if (!isHolding(card, nowMs)) return 'The time to undo is over. It runs now.';
  return (
    <>
      Approved. It leaves in <strong class="countdown">{untilText(card.holdUntil, nowMs)}</strong>.
    </>
  );
}

function putOff({ failure, tries, nextTryAt }: NonNullable<Card['deferred']>): ComponentChildren {
  return (
    <>
      <strong>{failure.message}</strong> Nothing has left.
      <span class="why">
        {' '}
        Try {tries + 1} at <strong>{moment(nextTryAt)}</strong>, by itself.
      </span>
    </>
  );
}

function Words({ card }: { card: Card }): VNode | null {
  const words = card.decision?.words;
  return words ? <blockquote>{words}</blockquote> : null;
}

function FailureText({ card }: { card: Card }): VNode | null {
  const { failure } = card;
  return (
    failure && (
      <span class="failure">
        <strong>{failure.message}</strong> {failure.hint}
      </span>
    )
  );
}
