import type { VNode } from 'preact';
import type { Card, Story } from '../wire.ts';
import { GroundsBadge } from './badges.tsx';
import { isRelease } from './for-owner-alone.ts';

/** Why it says what it says: claims and their sources, the verifier's checks, policy's reasons. */
export function Reasons({ card, story }: { card: Card; story: Story | undefined }): VNode {
  return (
    <div class="reasons">
      {!isRelease(card) && <Evidence card={card} story={story} />}
      {!isRelease(card) && (card.type !== 'owner.ask' || card.checks.length > 0) && <Checks checks={card.checks} />}
      <Policy policy={card.policy} />
    </div>
  );
}

function Evidence({ card, story }: { card: Card; story: Story | undefined }): VNode {
  return (
    <section aria-labelledby="evidence-title">
      <h2 id="evidence-title">Evidence</h2>
      {card.evidence.length === 0 && <p class="muted">The agent named no source.</p>}
      <ul class="plain-list">
        {card.evidence.map((evidence) => (
          <li key={`${evidence.source} ${evidence.claim}`}>
            <p class="claim">{evidence.claim} <GroundsBadge value={evidence.grounds} /></p>
            {evidence.span && <blockquote>{evidence.span}</blockquote>}
            {evidence.grounds !== 'uncited' && <p class="muted small">{sourceText(evidence.source, story)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sourceText(source: string, story: Story | undefined): string {
  return story?.items.find((entry) => entry.id === source)?.summary ?? source;
}

function Checks({ checks }: { checks: Card['checks'] }): VNode {
  return (
    <section aria-labelledby="checks-title">
      <h2 id="checks-title">Checks</h2>
      {checks.length === 0 && <p class="muted">This form has not been checked by the verifier.</p>}
      <ul class="plain-list checks">
        {checks.map((check) => (
          <li key={check.name} class={check.passed ? 'passed' : 'failed'}>
            <span class="tick" role="img" aria-label={check.passed ? 'passed' : 'failed'}>{check.passed ? '✓' : '✗'}</span>
            <span>{check.name} <span class="muted">{check.detail}</span></span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const verdicts = { permit: 'May run alone', permit_with_owner: 'May run with your word', forbid: 'Forbidden' } as const;

function Policy({ policy }: { policy: Card['policy'] }): VNode {
  return (
    <section aria-labelledby="policy-title">
      <h2 id="policy-title">Policy</h2>
      {policy === null && <p class="muted">Policy has not judged it yet.</p>}
      {policy && (
        <>
          <p class="claim">{verdicts[policy.decision]}</p>
          <ul class="plain-list">{policy.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
          {policy.determining.length > 0 && <p class="muted small">Decided by {policy.determining.join(', ')}</p>}
        </>
      )}
    </section>
  );
}
