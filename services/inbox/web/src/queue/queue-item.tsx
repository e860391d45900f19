import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { StateBadge } from '../card/badges.tsx';
import { ago } from '../format.ts';
import { cardAddress } from '../route.ts';
import type { Card } from '../wire.ts';
import { counterpart, headline, subline } from './card-words.ts';

/** One line of the queue: who it concerns, what it is, where it stands. */
export function QueueItem({ card, open, nowMs }: { card: Card; open: boolean; nowMs: number }): VNode {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (open) link.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li>
      <a ref={link} class="item" href={cardAddress(card.id)} {...(open && { 'aria-current': 'true' as const })}>
        <span class="item-top">
          <span class="who">{counterpart(card)}</span>
          <time dateTime={card.createdAt}>{ago(card.createdAt, nowMs)}</time>
        </span>
        <span class="what">{headline(card)}</span>
        <span class="item-foot">
          {card.state !== 'held' && <StateBadge state={card.state} />}
          <span class="kind">{subline(card)}</span>
          {card.checks.some((check) => !check.passed) && <span class="flag" title="A check failed">check failed</span>}
        </span>
      </a>
    </li>
  );
}
