import type { VNode } from 'preact';
import { ago, costText, counted, moment, typeText } from '../format.ts';
import { useNow } from '../hooks.ts';
import type { LiveFeed } from '../live-feed.ts';
import type { AgentRow } from '../wire.ts';
import { useList } from './use-list.ts';

/** Who is here, what they did last, what their model calls cost. */
export function Company({ feed }: { feed: LiveFeed }): VNode {
  const { items } = useList<AgentRow>(feed, '/api/agents', ['story', 'reload']);
  const nowMs = useNow(10_000);
  return (
    <main class="page">
      <h1>Company</h1>
      <p class="muted">Everyone who has produced an event.</p>
      {items?.length === 0 && (
        <div class="empty">
          <h2>Nobody has done anything yet</h2>
          <p>
            Agents appear here with their first event. Send a mail to <code>localhost:2525</code>.
          </p>
        </div>
      )}
      <ul class="agents">
        {items?.map((agent) => (
          <li key={agent.name}>
            <p class="agent-name">
              <strong>{agent.name}</strong> <span class="muted small">{agent.version}</span>
            </p>
            <p>{agent.lastWork.summary}</p>
            <p class="muted small">
              <time dateTime={agent.lastSeen} title={moment(agent.lastSeen)}>
                {ago(agent.lastSeen, nowMs)}
              </time>{' '}
              · {typeText(agent.lastWork.type)}
            </p>
            <p class="small figures">
              <span>{counted(agent.events, 'event')}</span>
              {agent.proposals > 0 && <span>{counted(agent.proposals, 'proposal')}</span>}
              {agent.modelCalls > 0 && (
                <span>
                  {counted(agent.modelCalls, 'model call')}, {costText(agent.costUsd)}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </main>
  );
}
