import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ago, moment } from '../format.ts';
import { useNow } from '../hooks.ts';
import { headline } from '../queue/card-words.ts';
import { isForOwnerAlone, isRelease } from './for-owner-alone.ts';
import type { Card, CardState } from '../wire.ts';
import { StateBadge, TierBadge } from './badges.tsx';

/** What this is and where it stands. */
export function CardHead({ card, onPile }: { card: Card; onPile: (state: CardState) => void }): VNode {
  const nowMs = useNow(30_000);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (matchMedia('(max-width: 879px)').matches) title.current?.focus();
  }, []);
  return (
    <header class="card-head">
      <a class="back" href="#/" onClick={() => onPile(card.state)}>
        ‹ Queue
      </a>
      <p class="kicker">
        <span>{card.title}</span>
        <StateBadge state={card.state} />
        {!isForOwnerAlone(card) && <TierBadge tier={card.tier} />}
        {card.origin === 'external' && (
          <span class="badge quiet" title="The story began with text from outside; it never raises its own autonomy.">
            From outside
          </span>
        )}
      </p>
      <h1 id="card-title" ref={title} tabIndex={-1}>
        {headline(card)}
      </h1>
      {card.rationale && !isRelease(card) && <p class="rationale">{card.rationale}</p>}
      <p class="muted small">
        Proposed by <strong>{card.agent.name}</strong>{' '}
        <time dateTime={card.createdAt} title={moment(card.createdAt)}>
          {ago(card.createdAt, nowMs)}
        </time>
        {card.expiresAt && <> · decide before {moment(card.expiresAt)}</>}
      </p>
    </header>
  );
}
