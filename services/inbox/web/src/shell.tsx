import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { call, get } from './api.ts';
import { Company } from './company/company.tsx';
import { Undelivered } from './company/undelivered.tsx';
import { Help } from './help.tsx';
import { useDebounced, useKeys } from './hooks.ts';
import { InboxView } from './inbox-view.tsx';
import { LiveFeed } from './live-feed.ts';
import { countIn } from './card-states.ts';
import { Mark } from './mark.tsx';
import { useRoute, type Route } from './route.ts';
import { useToaster } from './toasts.tsx';
import type { Summary } from './wire.ts';

const NOTHING: Summary = { states: {}, deadLetters: 0, waits: 0, sequence: 0 };

/** The page around everything: where one is, what waits, whether the line is up. */
export function Shell({ onOut }: { onOut: () => void }): VNode {
  const route = useRoute();
  const feed = useFeed(onOut);
  const summary = useSummary(feed);
  const line = useLine(feed);
  const [helping, setHelping] = useState(false);
  useKeys({ '?': () => setHelping(true) });
  useTitle(countIn('needs', summary.states));
  const leave = (): void => void call('DELETE', '/api/session').finally(onOut);
  return (
    <div class="shell">
      <header class="bar">
        <a class="brand" href="#/">
          <Mark />
          <span>Troupe</span>
        </a>
        <nav aria-label="Views">
          <NavLink to="#/" label="Inbox" current={route.view === 'inbox'} />
          <NavLink to="#/company" label="Company" current={route.view === 'company'} />
          <NavLink to="#/undelivered" label="Undelivered" current={route.view === 'undelivered'} count={summary.deadLetters + summary.waits} />
        </nav>
        <span class={`line ${line}`} role="status">
          {line === 'open' ? 'Live' : 'Reconnecting…'}
        </span>
        <button type="button" class="plain" onClick={() => setHelping(true)} aria-label="Keyboard help" title="Keyboard help (?)">
          ?
        </button>
        <button type="button" class="plain sign-out" onClick={leave}>
          Sign out
        </button>
      </header>
      <Main route={route} feed={feed} summary={summary} />
      {helping && <Help onClose={() => setHelping(false)} />}
    </div>
  );
}

function Main({ route, feed, summary }: { route: Route; feed: LiveFeed; summary: Summary }): VNode {
  switch (route.view) {
    case 'inbox':
      return <InboxView feed={feed} summary={summary} cardId={route.cardId} />;
    case 'company':
      return <Company feed={feed} />;
    case 'undelivered':
      return <Undelivered feed={feed} />;
    default:
      return route satisfies never;
  }
}

function NavLink({ to, label, current, count = 0 }: { to: string; label: string; current: boolean; count?: number }): VNode {
  return (
    <a href={to} {...(current && { 'aria-current': 'page' as const })}>
      {label}
      {count > 0 && <span class="count bad">{count}</span>}
    </a>
  );
}

function useFeed(onOut: () => void): LiveFeed {
  const feed = useMemo(() => new LiveFeed(), []);
  useEffect(() => {
    const stop = feed.on('sessionEnded', onOut);
    feed.open();
    return () => {
      stop();
      feed.close();
    };
  }, [feed]);
  return feed;
}

function useSummary(feed: LiveFeed): Summary {
  const [summary, setSummary] = useState(NOTHING);
  const toaster = useToaster();
  const load = useDebounced(
    () => void get<Summary>('/api/summary').then(setSummary, (error: unknown) => toaster.fail(error)),
    120,
  );
  useEffect(() => {
    load();
    const stops = [feed.on('card', load), feed.on('deadLetter', load), feed.on('wait', load), feed.on('counts', load), feed.on('reload', load)];
    return () => stops.forEach((stop) => stop());
  }, [feed, load]);
  return summary;
}

function useLine(feed: LiveFeed): 'open' | 'broken' {
  const [line, setLine] = useState<'open' | 'broken'>('open');
  useEffect(() => feed.on('line', setLine), [feed]);
  return line;
}

function useTitle(waiting: number): void {
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Troupe` : 'Troupe';
  }, [waiting]);
}
