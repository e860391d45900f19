import type { VNode } from 'preact';
import { moment, typeText } from '../format.ts';
import type { Story, StoryEntry } from '../wire.ts';

/** The whole story, oldest first, each step with who took it. */
export function Timeline({ story, cardId }: { story: Story | undefined; cardId: string }): VNode {
  return (
    <section class="story" aria-labelledby="story-title">
      <h2 id="story-title">Story</h2>
      <ol class="timeline">
        {story?.items.map((entry) => <Step key={entry.id} entry={entry} ours={entry.actionId === cardId} />)}
      </ol>
    </section>
  );
}

function Step({ entry, ours }: { entry: StoryEntry; ours: boolean }): VNode {
  return (
    <li class={`${ours ? 'ours' : ''} ${toneOf(entry.type)}`}>
      <p>{entry.summary}</p>
      <p class="muted small">
        <time dateTime={entry.time}>{moment(entry.time)}</time>
        {' '}· {entry.agent} · {typeText(entry.type)} · #{entry.sequence}
      </p>
    </li>
  );
}

function toneOf(type: string): string {
  if (/failed|unknown|refused|flagged|dead_lettered|quarantined/.test(type)) return 'bad';
  return /executed|verified/.test(type) ? 'good' : '';
}
