import type { Card } from '../wire.ts';

/** Whom a card concerns: whoever wrote, else the customer by name, else whoever it goes to, else the agent. */
export function counterpart(card: Pick<Card, 'original' | 'fields' | 'agent'>): string {
  if (card.original?.kind === 'email') return card.original.from.name ?? card.original.from.address;
  const customer = card.original?.facts.find((fact) => fact.label === 'Customer')?.text;
  const name = /^(.+) <.*>$/.exec(customer ?? '')?.[1];
  return name ?? textOf(card, 'to') ?? customer ?? card.agent.name;
}

/** What it is about: a mail's subject, a question, why a story was stopped, or the kind of action. */
export function headline(card: Pick<Card, 'title' | 'fields'>): string {
  return textOf(card, 'subject') ?? textOf(card, 'question') ?? textOf(card, 'because') ?? card.title;
}

/** What the headline leaves open: the kind of action, or what it is done to. */
export function subline(card: Pick<Card, 'title' | 'summary' | 'fields'>): string {
  return headline(card) === card.title ? card.summary : card.title;
}

function textOf({ fields }: Pick<Card, 'fields'>, key: string): string | undefined {
  return fields.find((field) => field.key === key)?.text || undefined;
}
