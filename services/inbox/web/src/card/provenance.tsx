import type { VNode } from 'preact';
import { costText } from '../format.ts';
import type { Card } from '../wire.ts';

/** One line on where this comes from; enough to find and replay it. */
export function Provenance({ card }: { card: Card }): VNode {
  const parts = [
    `${card.agent.name} ${card.agent.version}`,
    card.model ? `${card.model.model} (${card.model.provider} ${card.model.version})` : 'no model',
    card.promptVersion && `prompt ${card.promptVersion}`,
    card.snapshot !== null && `memory as of ${card.snapshot}`,
    costText(card.costUsd),
    card.reversibility,
  ].filter(Boolean);
  return (
    <section class="provenance small" aria-label="Provenance">
      <p>{parts.join(' · ')}</p>
      <p class="muted"><code>{card.id}</code> <code title={card.digest}>{card.digest.slice(0, 19)}…</code></p>
    </section>
  );
}
