import type { RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isDecidable } from '../card-states.ts';
import { useKeys } from '../hooks.ts';
import type { LiveFeed } from '../live-feed.ts';
import type { Card, CardState, Story } from '../wire.ts';
import { canRetry } from './afterwards.ts';
import { CardHead } from './card-head.tsx';
import { CardNews } from './card-news.tsx';
import { DecisionBar, type Mode } from './decision-bar.tsx';
import { Draft } from './draft.tsx';
import { EditForm } from './edit-form.tsx';
import { OriginalView } from './original-view.tsx';
import { Provenance } from './provenance.tsx';
import { Reasons } from './reasons.tsx';
import { Timeline } from './timeline.tsx';
import { canUndo } from './undo.ts';
import { useDecide } from './use-decide.ts';

export interface CardViewProps {
  readonly feed: LiveFeed;
  readonly card: Card;
  readonly story: Story | undefined;
  readonly onPile: (state: CardState) => void;
}

/** One action in full: what would happen, what it rests on, and the owner's word. */
export function CardView({ feed, card, story, onPile }: CardViewProps): VNode {
  const [mode, setMode] = useState<Mode>('look');
  const decide = useDecide(feed, card);
  const open = isDecidable(card.state);
  const isQuestion = card.type === 'owner.ask';
  const canEdit = open && card.fields.some((field) => field.editable);
  const article = useArticleInSight(card.state);
  useEffect(() => {
    if (!open) setMode('look');
  }, [open]);
  const finish = (done: Promise<boolean>): void => void done.then((counted) => counted && setMode('look'));
  useKeys({
    a: open && !isQuestion && mode === 'look' ? () => finish(decide.decide({ decision: 'approve' })) : undefined,
    e: canEdit ? () => setMode('edit') : undefined,
    r: open ? () => setMode('reject') : undefined,
    s: open ? () => setMode('snooze') : undefined,
    z: canUndo(card, Date.now()) ? () => finish(decide.undo()) : undefined,
    t: canRetry(card) ? () => finish(decide.retry()) : undefined,
    escape: () => setMode('look'),
  });
  return (
    <article ref={article} class="card" aria-labelledby="card-title">
      <CardHead card={card} onPile={onPile} />
      <CardNews
        card={card}
        busy={decide.busy}
        onUndo={() => finish(decide.undo())}
        onRetry={() => finish(decide.retry())}
        onReport={(happened) => finish(decide.report(happened))}
      />
      <div class={`papers ${card.original ? 'two' : ''}`}>
        {mode === 'edit' ? (
          <EditForm
            card={card}
            busy={decide.busy}
            problems={decide.problems}
            onCancel={() => setMode('look')}
            onSubmit={(args) => finish(decide.decide({ decision: 'edit', args }))}
          />
        ) : (
          <Draft card={card} />
        )}
        {card.original && <OriginalView original={card.original} spans={card.evidence.map((evidence) => evidence.span)} />}
      </div>
      {open && mode !== 'edit' && (
        <DecisionBar card={card} mode={mode} onMode={setMode} canEdit={canEdit} decide={decide} onDone={finish} />
      )}
      <Reasons card={card} story={story} />
      <Provenance card={card} />
      <Timeline story={story} cardId={card.id} />
    </article>
  );
}

/** When a card moves on, its news are what matters: they are scrolled to, wherever the owner had read. */
function useArticleInSight(state: CardState): RefObject<HTMLElement | null> {
  const article = useRef<HTMLElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state) article.current?.scrollIntoView({ block: 'start' });
    before.current = state;
  }, [state]);
  return article;
}
