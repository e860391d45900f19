import type { VNode } from 'preact';
import { lookOf } from '../card-states.ts';
import type { Card, CardState } from '../wire.ts';

export function StateBadge({ state }: { state: CardState }): VNode {
  const { label, tone } = lookOf(state);
  return <span class={`badge ${tone}`} data-state={state}>{label}</span>;
}

const tiers: Readonly<Record<Card['tier'], string>> = {
  T0: 'Only reads',
  T1: 'Can be taken back',
  T2: 'Reaches someone outside',
  T3: 'Moves money or is final',
};

export function TierBadge({ tier }: { tier: Card['tier'] }): VNode {
  return <span class={`badge tier ${tier}`} title={`Tier ${tier}`}>{tiers[tier]}</span>;
}

const grounds = {
  sourced: 'The very words are in the source.',
  inferred: 'Concluded from the source.',
  uncited: 'Rests on nothing the agent could name.',
} as const;

export function GroundsBadge({ value }: { value: keyof typeof grounds }): VNode {
  return <span class={`badge grounds ${value}`} title={grounds[value]}>{value}</span>;
}
