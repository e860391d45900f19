import type { VNode } from 'preact';
import { moment } from '../format.ts';
import type { Original } from '../wire.ts';
import { markSpans } from './marked-text.ts';

/** What the story began with. Text from outside is only ever text here; what claims rest on is marked in it. */
export function OriginalView({ original, spans }: { original: Original; spans: readonly string[] }): VNode {
  return original.kind === 'email' ? <Mail mail={original} spans={spans} /> : <Facts billing={original} />;
}

function Mail({ mail, spans }: { mail: Extract<Original, { kind: 'email' }>; spans: readonly string[] }): VNode {
  return (
    <section class="paper original" aria-label="Original mail">
      <h2>What came in</h2>
      <dl class="fields">
        <div>
          <dt>From</dt>
          <dd>
            {mail.from.name && <>{mail.from.name} </>}
            <span class={mail.from.name ? 'muted' : ''}>{mail.from.address}</span>
          </dd>
        </div>
        <div>
          <dt>Subject</dt>
          <dd>{mail.subject || '(none)'}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>{moment(mail.receivedAt)}</dd>
        </div>
      </dl>
      <div class="long">
        {markSpans(mail.text, spans).map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}
        {mail.truncated && <p class="muted small">Cut here. The whole mail is kept in the object store.</p>}
      </div>
      {mail.problems.length > 0 && <p class="muted small">Read all the same: {mail.problems.join('; ')}</p>}
    </section>
  );
}

function Facts({ billing }: { billing: Extract<Original, { kind: 'billing' }> }): VNode {
  return (
    <section class="paper original" aria-label="Original event">
      <h2>{billing.title}</h2>
      <dl class="fields">
        {billing.facts.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{factText(text)}</dd>
          </div>
        ))}
        <div>
          <dt>Received</dt>
          <dd>{moment(billing.receivedAt)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Moments come as RFC 3339 and are read as the owner reads them; everything else as it came. */
function factText(text: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? moment(text) : text;
}
