import type { VNode } from 'preact';
import { moment, typeText } from '../format.ts';
import type { Story } from '../wire.ts';
import { stepsOf, type Step } from './steps.ts';

/** The whole story, oldest first, each step with who took it. */
export function Timeline({ story, cardId }: { story: Story | undefined; cardId: string }): VNode {
  return (
    <section class="story" aria-labelledby="story-title">
      <h2 id="story-title">Story</h2>
      <ol class="timeline">
        {stepsOf(story?.items ?? []).map((step) => (
          <StepView key={step.entry.id} step={step} ours={step.entry.actionId === cardId} />
        ))}
      </ol>
    </section>
  );
}

function StepView({ step: { entry, times }, ours }: { step: Step; ours: boolean }): VNode {
  return (
    <li class={`${ours ? 'ours' : ''} ${toneOf(entry.type)}`}>
      <p>
        {entry.summary}
        {times > 1 && <span class="muted"> · {times} times</span>}
      </p>
      <p class="muted small">
        <time dateTime={entry.time}>{moment(entry.time)}</time> · {entry.agent} · {typeText(entry.type)} · #{entry.sequence}
      </p>
    </li>
  );
}

function toneOf(type: string): string {
  if (/failed|unknown|refused|flagged|dead_lettered|quarantined/.test(type)) return 'bad';
  return /executed|verified/.test(type) ? 'good' : '';
}
