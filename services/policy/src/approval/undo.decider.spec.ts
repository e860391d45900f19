import { type ActionCard, type Ruling } from '@troupe/contracts';
import { about, FORBID, label, Life, mail, NEEDS_OWNER, settings, START_MS } from '../testing/life.ts';
import { matching } from '../testing/matching.ts';
import { instant } from './decision-context.ts';

const news = about(label);
const letter = about(mail);

function authorised(of: typeof news, verdict: ConstructorParameters<typeof Life>[0] = NEEDS_OWNER): Life {
  return new Life(verdict).take(of.proposed()).take(of.verified()).take(of.decided({ decision: 'approve' }));
}
const executed = (life: Life, of: typeof news) => life.take(of.executed({ authorizationId: life.authorizationId }));
const compensation = ([ruling]: readonly Ruling[]) => (ruling?.kind === 'authorized' ? ruling.data : undefined);

describe('an undo of what has run', () => {
  it('authorises the compensation of the catalogue under an id of its own, at once', () => {
    const data = compensation(executed(authorised(news), news).take(news.undoRequested()).rulings);
    expect(data).toMatchObject({
      action: { type: 'email.label', args: { messageId: '<1@x>', add: [], remove: ['news'] }, version: 1 },
      by: 'owner',
      compensates: 'act_1',
    });
    expect(data?.actionId).not.toBe('act_1');
    expect(data?.holdUntil).toBeUndefined();
    expect(data?.expiresAt).toBe(instant(START_MS + settings.authorizationTtlMs));
  });

  it('is one and the same compensation however often it is asked for (I4)', () => {
    const once = () => compensation(executed(authorised(news), news).take(news.undoRequested()).rulings);
    const [first, second] = [once(), once()];
    expect(second?.actionId).toBe(first?.actionId);
    expect(second).toMatchObject({ authorizationId: first?.authorizationId, action: first?.action });
    expect(executed(authorised(news), news).take(news.undoRequested()).take(news.undoRequested()).said).toBe('compensation_failed:already_undone');
  });

  it('of an irreversible action says what can be done instead', () => {
    const life = executed(authorised(letter), letter).take(letter.undoRequested());
    const failure = { code: 'irreversible', hint: matching(/by hand/) };
    expect(life.rulings).toMatchObject([{ kind: 'compensation_failed', data: { failure } }]);
  });

  it('is judged like any action: policy can refuse it', () => {
    const notBack = (card: ActionCard) => (JSON.stringify(card.action.args).includes('"remove":["news"]') ? FORBID : NEEDS_OWNER);
    expect(executed(authorised(news, notBack), news).take(news.undoRequested()).said).toBe('compensation_failed:forbidden');
  });

  it('that failed is told of the original, and not tried again by itself', () => {
    const life = executed(authorised(news), news).take(news.undoRequested());
    life.take(about(label, 'act_comp').failed({ compensates: 'act_1' }));
    expect(life.rulings).toMatchObject([{ kind: 'compensation_failed', data: { actionId: 'act_1', failure: { code: 'refused' } } }]);
    expect(life.take(news.undoRequested()).said).toBe('compensation_failed:compensation_failed_before');
  });

  it('that worked is told of the original', () => {
    const life = executed(authorised(news), news).take(news.undoRequested());
    life.take(about(label, 'act_comp').executed({ compensates: 'act_1' }));
    expect(life.rulings).toMatchObject([{ kind: 'compensated', data: { actionId: 'act_1', digest: news.digest, compensationId: 'act_comp' } }]);
  });
});

describe('an undo while the authorisation is out', () => {
  const asked = (of: typeof news) => authorised(of).take(of.undoRequested());

  it('is left to the effect gate, which stops it or stays silent', () => {
    expect(asked(news).said).toBe('');
    expect(asked(news).take(news.undone()).state.kind).toBe('undone');
    expect(asked(news).take(news.undone()).said).toBe('');
  });

  it('that lost the race is answered with the outcome, once', () => {
    const reversible = executed(asked(news), news);
    expect([reversible.said, reversible.state.kind]).toEqual(['authorized:owner', 'compensating']);
    const irreversible = executed(asked(letter), letter);
    expect(irreversible.said).toBe('compensation_failed:irreversible');
    expect(executed(irreversible, letter).said).toBe('');
  });

  it('of what then failed, or is not known, is answered too', () => {
    const failing = asked(news);
    expect(failing.take(news.failed({ authorizationId: failing.authorizationId })).said).toBe('compensation_failed:nothing_to_undo');
    const lost = asked(news);
    const { authorizationId } = lost;
    expect(lost.take(news.unknown(authorizationId)).said).toBe('compensation_failed:outcome_unknown');
    expect(lost.take(news.executed({ authorizationId })).said).toBe('');
  });

  it('waits for the outcome of an attempt that is on its way', () => {
    const life = authorised(news);
    life.take(news.attempted(life.authorizationId)).take(news.undoRequested());
    expect([life.said, life.state.kind]).toEqual(['', 'executing']);
    expect(executed(life, news).said).toBe('authorized:owner');
  });
});

it('an action that ran after all, as a reconciler found, can be taken back', () => {
  const life = authorised(news);
  const { authorizationId } = life;
  life.take(news.unknown(authorizationId), START_MS).take(news.executed({ authorizationId }));
  expect(life.state.kind).toBe('executed');
  expect(life.take(news.undoRequested()).said).toBe('authorized:owner');
});
