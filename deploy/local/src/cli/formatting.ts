import type { ActionCard, Readiness, Rebuilt, Recorded, StoryEntry, Summary } from './operator-api.ts';

const SUMMARY_LENGTH = 60;

/** Whether it works, part by part, and what waits. */
export function formatStatus({ status, parts }: Readiness, { states, deadLetters }: Summary): string {
  const counts = Object.entries(states).filter(([, count]) => count > 0);
  return formatTable([], [
    ['troupe', status === 'ok' ? 'ready' : status],
    ...Object.entries(parts).map(([name, { ok, detail }]) => [name, `${ok ? 'ok' : 'failing'}, ${detail}`]),
    ['actions', counts.map(([state, count]) => `${count} ${state}`).join(', ') || 'none yet'],
    ['dead letters', String(deadLetters)],
  ]);
}

/** Each store and how far it is rebuilt, or why it is not. */
export function formatRebuild({ stores }: Rebuilt): string {
  return formatTable([], stores.map(({ name, done, ok, detail }) => [name, ok || !done ? detail : `NOT rebuilt: ${detail}`]));
}

/** One line while a rebuild goes on. */
export function formatRebuildProgress({ sequence, pending, stores }: Rebuilt): string {
  const waitedFor = stores.filter(({ done }) => !done).map(({ name }) => name);
  const ahead = pending === null ? '' : `, ${pending} events to go`;
  return `Rebuilding ${waitedFor.join(', ')}; the inbox is at ${sequence}${ahead}.`;
}

/** Cards as a table: what waits, who wants it, what it would do. */
export function formatCards(cards: readonly ActionCard[]): string {
  if (cards.length === 0) return 'No actions.';
  return formatTable(
    ['ID', 'STATE', 'ACTION', 'TIER', 'AGENT', 'WHAT'],
    cards.map((card) => [card.id, card.state, card.type, card.tier, card.agent.name, shorten(card.summary)]),
  );
}

/** One card in full, for reading before deciding. */
export function formatCard(card: ActionCard): string {
  const facts = [
    ['action', `${card.type} (${card.tier}, ${card.reversibility})`],
    ['state', [card.state, card.waitsBecause, card.holdUntil && `stays until ${card.holdUntil}`, putOff(card)].filter(Boolean).join('; ')],
    ['agent', `${card.agent.name} ${card.agent.version}`],
    ['story', card.storyId],
    ['created', card.createdAt],
    ['policy', card.policy ? `${card.policy.decision}: ${card.policy.reasons.join(' ')}` : 'not judged yet'],
  ];
  const fields = card.fields.filter(({ text }) => text !== '').map(({ label, text }) => (text.includes('\n') ? `${label}:\n${text}` : `${label}: ${text}`));
  const evidence = card.evidence.map(({ claim, source, grounds }) => `- ${claim} (${grounds}, ${source})`);
  return [card.id, formatTable([], facts), fields.join('\n'), evidence.join('\n')].filter(Boolean).join('\n\n');
}

function putOff({ deferred }: ActionCard): string | null {
  return deferred && `${deferred.failure.message}; next try at ${deferred.nextTryAt}`;
}

/** What became of an action right after the owner's word on it. */
export function formatVerdict(reply: ActionCard | Recorded): string {
  if ('recorded' in reply) return reply.hint;
  const { id, state, holdUntil } = reply;
  return state === 'authorized' && holdUntil ? `${id}: approved; it runs at ${holdUntil}, until then undo ${id} stops it.` : `${id}: ${state}.`;
}

/** A story, one line an event, in its order. */
export function formatTimeline(events: readonly StoryEntry[]): string {
  return formatTable([], events.map(({ time, type, agent, summary }) => [time, type, agent, shorten(summary)]));
}

/** Columns as wide as their widest cell, two spaces apart. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = header.length > 0 ? [header, ...rows] : rows;
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SUMMARY_LENGTH ? line : `${line.slice(0, SUMMARY_LENGTH - 1)}…`;
}
