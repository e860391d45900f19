import { jest } from '@jest/globals';
import { type ActionStateKind } from '@troupe/contracts';
import { evolve } from '@troupe/contracts';
import { about, HOUR_MS, label, Life, mail, NEEDS_OWNER, PERMIT, settings, stamp, START_MS } from '../testing/life.ts';
import { matching } from '../testing/matching.ts';
import { instant } from './decision-context.ts';

const news = about(label);
const COMPENSATION = 'act_comp';

/** How a life comes into each state. A label, so that it can be taken back; policy asks the owner, except where noted. */
const given: Record<ActionStateKind, () => Life> = {
  absent: () => new Life(NEEDS_OWNER),
  proposed: () => given.absent().take(news.proposed()),
  verified: () => skipRuling('verified'),
  flagged: () => skipRuling('flagged'),
  held: () => given.proposed().take(news.verified()),
  snoozed: () => given.held().take(news.decided({ decision: 'snooze', until: instant(START_MS + HOUR_MS) })),
  authorized: () => given.held().take(news.decided({ decision: 'approve' })),
  executing: () => tell(given.authorized(), (id) => news.attempted(id)),
  executed: () => tell(given.executing(), (id) => news.executed({ authorizationId: id })),
  failed: () => tell(given.executing(), (id) => news.failed({ authorizationId: id })),
  unknown: () => tell(given.executing(), (id) => news.unknown(id)),
  compensating: () => given.executed().take(news.undoRequested()),
  compensated: () => given.compensating().take(about(label, COMPENSATION).executed({ compensates: 'act_1' })),
  undone: () => given.authorized().take(news.undone()),
  denied: () => given.held().take(news.decided({ decision: 'reject', reason: 'not like this' })),
  answered: () => given.held().take(news.decided({ decision: 'respond', response: 'Say it friendlier' })),
  expired: () => given.held().reach({ kind: 'expiry' }, START_MS + settings.approvalTtlMs),
};

/** A verdict that is on the stream before its ruling: what a rebuild can find. */
function skipRuling(kind: 'verified' | 'flagged'): Life {
  const life = given.proposed();
  life.known = evolve(life.known, news[kind](), stamp());
  return life;
}

function tell(life: Life, event: (authorizationId: string) => ReturnType<typeof news.proposed>): Life {
  return life.take(event(life.authorizationId));
}

const edited = { ...label.args, add: ['offers'] };
const when = {
  propose: (life) => life.take(news.proposed()),
  verify: (life) => life.take(news.verified()),
  flag: (life) => life.take(news.flagged()),
  approve: (life) => life.take(news.decided({ decision: 'approve' })),
  approveOldForm: (life) => life.take(news.decided({ decision: 'approve', digest: 'sha256:old' })),
  approveTooLate: (life) => life.take(news.decided({ decision: 'approve' }), START_MS + settings.approvalTtlMs),
  edit: (life) => life.take(news.decided({ decision: 'edit', args: edited })),
  editBadly: (life) => life.take(news.decided({ decision: 'edit', args: { ...edited, add: ['Two Words'] } })),
  reject: (life) => life.take(news.decided({ decision: 'reject' })),
  respond: (life) => life.take(news.decided({ decision: 'respond', response: 'No' })),
  snooze: (life) => life.take(news.decided({ decision: 'snooze', until: instant(START_MS + 2 * HOUR_MS) })),
  snoozeBack: (life) => life.take(news.decided({ decision: 'snooze', until: instant(START_MS - 1) })),
  attempt: (life) => tell(life, (id) => news.attempted(id)),
  execute: (life) => tell(life, (id) => news.executed({ authorizationId: id })),
  executeUnderAnother: (life) => life.take(news.executed({ authorizationId: 'auth_forged' })),
  fail: (life) => tell(life, (id) => news.failed({ authorizationId: id })),
  loseSight: (life) => tell(life, (id) => news.unknown(id)),
  undoWins: (life) => life.take(news.undone()),
  undo: (life) => life.take(news.undoRequested()),
  compensationRuns: (life) => life.take(about(label, COMPENSATION).executed({ compensates: 'act_1' })),
  compensationFails: (life) => life.take(about(label, COMPENSATION).failed({ compensates: 'act_1' })),
  verificationDue: (life) => life.reach({ kind: 'verification' }, START_MS + 30_000),
  expiryTooEarly: (life) => life.reach({ kind: 'expiry' }, START_MS + settings.approvalTtlMs - 1),
  expiryDue: (life) => life.reach({ kind: 'expiry' }, START_MS + settings.approvalTtlMs),
  olderSnoozeDue: (life) => life.reach({ kind: 'snooze', until: instant(START_MS + 1) }, START_MS + HOUR_MS),
  snoozeDue: (life) => life.reach({ kind: 'snooze', until: instant(START_MS + HOUR_MS) }, START_MS + HOUR_MS),
} as const satisfies Record<string, (life: Life) => Life>;
type Input = keyof typeof when;

const DECISIONS = [
  'approve', 'approveOldForm', 'approveTooLate', 'edit', 'editBadly', 'reject', 'respond', 'snooze', 'snoozeBack',
] as const;
const every = <Value>(inputs: readonly Input[], value: Value) => Object.fromEntries(inputs.map((input) => [input, value]));

const onHold = {
  approve: ['authorized:owner', 'authorized'],
  approveOldForm: ['refused:stale_digest', 'same'],
  approveTooLate: ['refused:expired', 'same'],
  edit: ['authorized:owner', 'authorized'],
  editBadly: ['refused:invalid', 'same'],
  reject: ['denied:owner', 'denied'],
  respond: ['accepted:respond', 'answered'],
  snooze: ['accepted:snooze', 'snoozed'],
  snoozeBack: ['refused:invalid', 'same'],
  undo: ['compensation_failed:not_executed', 'same'],
  expiryDue: ['expired', 'expired'],
} as const;
const notJudged = { ...every(DECISIONS, ['refused:invalid', 'same']), undo: ['compensation_failed:not_executed', 'same'] };
const judged = { verify: ['held:needs_owner', 'held'], flag: ['held:needs_owner', 'held'] };
/** What was not ruled on yet is, whatever brings it up again. */
const comesLate = { propose: ['held:needs_owner', 'held'], verificationDue: ['held:needs_owner', 'held'] };
const closed = (undo: string) => ({ ...every(DECISIONS, ['refused:already_decided', 'same']), undo: [`compensation_failed:${undo}`, 'same'] });
const decided = every(DECISIONS, ['refused:already_decided', 'same']);
const outcomes = { execute: ['', 'executed'], fail: ['', 'failed'] };

/** What follows, as [rulings, new state]. What is not listed says nothing and changes nothing. */
const then: Record<ActionStateKind, Partial<Record<Input, readonly string[]>>> = {
  absent: { ...every(DECISIONS, ['refused:unknown_action', 'same']), propose: ['', 'proposed'], undo: ['compensation_failed:unknown_action', 'same'] },
  proposed: { ...notJudged, ...judged, verificationDue: ['held:unverified', 'held'] },
  verified: { ...notJudged, ...judged, ...comesLate },
  flagged: { ...notJudged, ...judged, ...comesLate },
  held: onHold,
  snoozed: { ...onHold, snoozeDue: ['held:snooze_ended', 'held'] },
  authorized: { ...decided, ...outcomes, attempt: ['', 'executing'], loseSight: ['', 'unknown'], undoWins: ['', 'undone'] },
  /** The gate stops it between two tries; that the first was put off may be heard later. */
  executing: { ...decided, ...outcomes, loseSight: ['', 'unknown'], undoWins: ['', 'undone'] },
  unknown: { ...decided, ...outcomes, undo: ['compensation_failed:outcome_unknown', 'same'] },
  executed: { ...decided, undo: ['authorized:owner', 'compensating'] },
  failed: closed('nothing_to_undo'),
  compensating: {
    ...closed('already_undone'),
    compensationRuns: ['compensated', 'compensated'],
    compensationFails: ['compensation_failed:refused', 'executed'],
  },
  compensated: { ...closed('already_undone'), compensationRuns: ['compensated', 'same'] },
  undone: closed('already_undone'),
  denied: closed('nothing_to_undo'),
  answered: closed('nothing_to_undo'),
  expired: { ...closed('nothing_to_undo'), ...every(DECISIONS, ['refused:expired', 'same']) },
};

describe.each(Object.keys(given) as ActionStateKind[])('an action that is %s', (kind) => {
  it('is brought there by its history', () => expect(given[kind]().state.kind).toBe(kind));

  it.each(Object.keys(when) as Input[])('on %s', (input) => {
    const [said = '', next = 'same'] = then[kind][input] ?? [];
    const life = when[input](given[kind]());
    expect([life.said, life.state.kind]).toEqual([said, next === 'same' ? kind : next]);
  });
});

describe('an authorisation that nobody says anything of', () => {
  /** An action that was let out, and the moment by which its outcome should be known. */
  function out() {
    const life = given.authorized();
    const [ruling] = life.rulings;
    if (ruling?.kind !== 'authorized') throw new Error('it was not let out');
    const untilMs = Date.parse(ruling.data.expiresAt);
    return { life, untilMs, silence: (atMs = untilMs) => life.reach({ kind: 'outcome', authorization: ruling.data }, atMs) };
  }

  it('is told to the owner once it has ended, attempted or not, and once', () => {
    const { life, untilMs, silence } = out();
    expect([silence(untilMs - 1).said, life.state.kind]).toEqual(['', 'authorized']);
    expect([silence().said, life.state.kind]).toEqual(['stalled', 'unknown']);
    expect(silence().said).toBe('');
    const attempted = out();
    tell(attempted.life, (id) => news.attempted(id));
    expect([attempted.silence().said, attempted.life.state.kind]).toEqual(['stalled', 'unknown']);
  });

  it('counts for nothing once an outcome is heard, before it or after it', () => {
    const before = out();
    tell(before.life, (id) => news.executed({ authorizationId: id }));
    expect([before.silence().said, before.life.state.kind]).toEqual(['', 'executed']);
    const after = out();
    const { authorizationId } = after.life;
    after.silence();
    expect(after.life.take(news.executed({ authorizationId })).state.kind).toBe('executed');
  });

  it('is not one that was replaced by a later one', () => {
    const { life, silence } = out();
    tell(life, (id) => news.failed({ authorizationId: id, retryable: true })).take(news.retryRequested());
    expect([life.said, silence().said, life.state.kind]).toEqual(['authorized:owner', '', 'authorized']);
  });

  it('answers who wanted it undone', () => {
    const { life, silence } = out();
    life.take(news.undoRequested());
    expect(silence().said).toBe('stalled compensation_failed:outcome_unknown');
    expect(life.state).toMatchObject({ kind: 'unknown', undoRequested: false });
  });

  it('of a compensation is told too', () => {
    const life = given.compensating();
    const [ruling] = life.rulings;
    if (ruling?.kind !== 'authorized') throw new Error('it was not let out');
    life.reach({ kind: 'outcome', authorization: ruling.data }, Date.parse(ruling.data.expiresAt));
    expect(life.rulings).toMatchObject([{ kind: 'stalled', data: { compensates: 'act_1', authorizationId: ruling.data.authorizationId } }]);
    expect(life.state.kind).toBe('compensating');
  });
});

describe('a proposal', () => {
  it('runs alone when it is verified and policy permits it, at once when it reaches nobody', () => {
    const life = new Life(PERMIT).take(news.proposed()).take(news.verified());
    expect(life.rulings).toMatchObject([{ kind: 'authorized', data: { by: 'policy', digest: news.digest, policy: PERMIT } }]);
    expect(life.rulings[0]?.data).not.toHaveProperty('holdUntil');
  });

  it('that reaches out keeps a hold window, also where policy would let it run alone', () => {
    const letter = about(mail);
    const [ruling] = new Life(PERMIT).take(letter.proposed()).take(letter.verified()).rulings;
    expect(ruling).toMatchObject({ data: { holdUntil: instant(START_MS + 10_000), expiresAt: instant(START_MS + 10_000 + 12 * HOUR_MS), holdMs: 10_000 } });
  });

  it('never runs alone without a verdict of the verifier, whatever policy permits (I8)', () => {
    expect(new Life(PERMIT).take(news.proposed()).reach({ kind: 'verification' }, START_MS + 30_000).said).toBe('held:unverified');
  });

  it.each([
    ['runs alone after all when policy permits it', PERMIT, 'verified', 'authorized:policy', 'authorized'],
    ['waits on for the owner when policy wants that', NEEDS_OWNER, 'verified', 'held:needs_owner', 'held'],
    ['waits on for the owner when something was found', PERMIT, 'flagged', 'held:needs_owner', 'held'],
  ] as const)('that was held for want of a verdict and then gets one %s', (_, policy, verdict, said, kind) => {
    const late = new Life(policy).take(news.proposed()).reach({ kind: 'verification' }, START_MS + 30_000).take(news[verdict]());
    expect([late.said, late.state.kind]).toEqual([said, kind]);
    expect(late.state).toMatchObject({ card: { verification: verdict } });
  });

  it('is not judged by a verdict on another form of it', () => {
    const other = about({ ...label, args: edited });
    expect(new Life(PERMIT).take(news.proposed()).take(other.verified()).state.kind).toBe('proposed');
  });

  it('is denied when its digest is not its own, or the catalogue does not know it (I1)', () => {
    const forged = { kind: 'proposed', data: { ...proposedData(), digest: 'sha256:0' } } as const;
    const foreign = { kind: 'proposed', data: { ...proposedData(), action: { type: 'disk.format', args: {} } } } as const;
    expect(new Life(PERMIT).take(forged).rulings).toMatchObject([{ kind: 'denied', data: { by: 'policy', reason: /digest/ } }].map(asPattern));
    expect(new Life(PERMIT).take(foreign).rulings).toMatchObject([{ kind: 'denied', data: { by: 'policy', reason: /not in the action catalogue/ } }].map(asPattern));
  });

  it('is denied when its contract is of a version that nobody here knows, before anything is made of its arguments', () => {
    const action = { ...label, version: 2 };
    const unread = jest.fn(() => PERMIT);
    const life = new Life(unread).take(about(action).proposed());
    expect(life.rulings).toMatchObject([{ kind: 'denied', data: { by: 'policy', reason: /^version: email\.label of version 2 cannot be read here/ } }].map(asPattern));
    expect(unread).not.toHaveBeenCalled();
  });

  it('runs as it was proposed, its version in it, and one without a version is version 1', () => {
    const versioned = about({ ...label, version: 1 });
    expect(versioned.digest).toBe(news.digest);
    expect(new Life(PERMIT).take(versioned.proposed()).take(news.verified()).rulings).toMatchObject([{ kind: 'authorized', data: { action: { ...label, version: 1 } } }]);
    expect(new Life(PERMIT).take(news.proposed()).take(versioned.verified()).said).toBe('authorized:policy');
  });
});

function proposedData() {
  const event = news.proposed();
  if (event.kind !== 'proposed') throw new Error('not a proposal');
  return event.data;
}

function asPattern({ kind, data }: { kind: string; data: { by: string; reason: RegExp } }) {
  return { kind, data: { by: data.by, reason: matching(data.reason) } };
}
