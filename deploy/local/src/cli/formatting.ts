import type { ActionCard, TimelineEvent } from './operator-api.ts';

const SUMMARY_LENGTH = 60;

/** Cards as a table: what waits, who wants it, what it would do. */
export function formatCards(cards: readonly ActionCard[]): string {
  if (cards.length === 0) return 'No actions.';
  return formatTable(
    ['ID', 'STATE', 'ACTION', 'TIER', 'AGENT', 'WHAT'],
    cards.map((card) => [card.id, card.state, card.type, card.tier, card.agent.name, shorten(summarizeArgs(card.args))]),
  );
}

/** One card in full, for reading before deciding. */
export function formatCard(card: ActionCard): string {
  const facts = [
    ['action', `${card.type} (${card.tier}${card.reversibility ? `, ${card.reversibility}` : ''})`],
    ['state', card.holdUntil ? `${card.state}, held back until ${card.holdUntil}` : card.state],
    ['from', `${card.agent.name} ${card.agent.version}`],
    ['story', card.storyId],
    ['created', card.createdAt],
    ['policy', card.policy ? `${card.policy.decision}: ${card.policy.reasons.join('; ')}` : 'not judged yet'],
  ];
  const args = Object.entries(card.args).map(([name, value]) => `${name}: ${formatValue(value)}`);
  const evidence = (card.evidence ?? []).map(({ claim, source, grounds }) => `- ${claim} (${grounds}, ${source})`);
  return [card.id, formatTable([], facts), args.join('\n'), evidence.join('\n')].filter(Boolean).join('\n\n');
}

/** A story, one line an event, oldest first. */
export function formatTimeline(events: readonly TimelineEvent[]): string {
  if (events.length === 0) return 'No such story.';
  const ordered = [...events].sort((one, other) => one.time.localeCompare(other.time));
  return formatTable([], ordered.map(({ time, type, agent }) => [time, type, agent ?? '']));
}

/** Columns as wide as their widest cell, two spaces apart. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = header.length > 0 ? [header, ...rows] : rows;
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** An action's arguments in a few words: to whom and about what, where it says so. */
export function summarizeArgs(args: Readonly<Record<string, unknown>>): string {
  const { to, subject, ...others } = args;
  const parts = to === undefined && subject === undefined ? Object.values(others) : [to, subject];
  return parts.filter((part) => part !== undefined).map(formatValue).join(': ');
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(formatValue).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SUMMARY_LENGTH ? line : `${line.slice(0, SUMMARY_LENGTH - 1)}…`;
}
