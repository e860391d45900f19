import { type ActionCard, actionDigest } from '@troupe/contracts';
import { about, FORBID, Life, mail, NEEDS_OWNER, question, START_MS, HOUR_MS } from '../testing/life.ts';
import { matching } from '../testing/matching.ts';
import { instant } from './decision-context.ts';

const letter = about(mail);
const edited = { ...mail, args: { ...mail.args, body: 'Dear Ana' } };

/** Refuses every text with the word "secret" in it, and asks the owner about the rest. */
const noSecrets = (card: ActionCard) => (JSON.stringify(card.action.args).includes('secret') ? FORBID : NEEDS_OWNER);
const held = (verdict: ConstructorParameters<typeof Life>[0] = NEEDS_OWNER) => new Life(verdict).take(letter.proposed()).take(letter.verified());

describe('approve', () => {
  it('authorises exactly what was seen, with a hold window and an end', () => {
    const nowMs = START_MS + HOUR_MS;
    expect(held().take(letter.decided({ decision: 'approve' }), nowMs).rulings).toMatchObject([
      { kind: 'authorized', data: { digest: letter.digest, action: mail, by: 'owner', holdUntil: instant(nowMs + 10_000), expiresAt: instant(nowMs + 10_000 + 12 * HOUR_MS), holdMs: 10_000 } },
    ]);
  });

  it('is refused with the policies that forbid it, and leaves the card where it was', () => {
    let verdict = NEEDS_OWNER;
    const life = held(() => verdict);
    verdict = FORBID;
    life.take(letter.decided({ decision: 'approve' }));
    expect(life.rulings).toMatchObject([{ kind: 'refused', data: { code: 'forbidden', message: 'no', policy: FORBID } }]);
    expect(life.state.kind).toBe('held');
  });
});

describe('edit', () => {
  it('authorises the new form under a digest of its own', () => {
    const [ruling] = held().take(letter.decided({ decision: 'edit', args: edited.args })).rulings;
    expect(ruling).toMatchObject({ kind: 'authorized', data: { by: 'owner', action: edited, digest: actionDigest(edited) } });
  });

  it('that policy refuses is held in its new form; the old digest is stale from then on', () => {
    const secret = { ...mail, args: { ...mail.args, body: 'The secret is 42' } };
    const life = held(noSecrets).take(letter.decided({ decision: 'edit', args: secret.args }));
    expect(life.rulings).toMatchObject([{ kind: 'held', data: { why: 'edit_refused', action: secret, digest: actionDigest(secret), policy: FORBID } }]);
    expect(life.state).toMatchObject({ kind: 'held', card: { edited: true, verification: 'unverified' } });
    expect(life.take(letter.decided({ decision: 'approve' })).said).toBe('refused:stale_digest');
    expect(life.take(about(secret).decided({ decision: 'approve' })).said).toBe('refused:forbidden');
    expect(life.take(about(secret).decided({ decision: 'edit', args: edited.args })).said).toBe('authorized:owner');
  });

  it('keeps the moment at which the card expires', () => {
    const life = held(noSecrets);
    const before = life.state;
    life.take(letter.decided({ decision: 'edit', args: { ...mail.args, body: 'secret' } }), START_MS + HOUR_MS);
    expect(life.state).toMatchObject({ expiresAt: 'expiresAt' in before ? before.expiresAt : 'none' });
  });

  it('is of the version that the owner saw; one that is not known here is refused', () => {
    const [known] = held().take(letter.decided({ decision: 'edit', args: edited.args, version: 1 })).rulings;
    expect(known).toMatchObject({ kind: 'authorized', data: { action: { ...edited, version: 1 }, digest: actionDigest(edited) } });
    const [unknown] = held().take(letter.decided({ decision: 'edit', args: edited.args, version: 2 })).rulings;
    expect(unknown).toMatchObject({ kind: 'refused', data: { code: 'invalid', message: matching(/^version: email\.send of version 2/) } });
  });

  it.each([
    ['no arguments', undefined, /no arguments/],
    ['a bad address', { ...mail.args, to: ['ana'] }, /args\.to\.0: must be an email address/],
    ['a second header', { ...mail.args, subject: 'Hi\r\nBcc: x@y.z' }, /args\.subject: .*remove the line break/],
    ['an unknown field', { ...mail.args, bcc: ['x@y.z'] }, /bcc/],
  ])('with %s is refused, naming field and fix', (_, args, message) => {
    const [ruling] = held().take(letter.decided({ decision: 'edit', ...(args ? { args } : {}) })).rulings;
    expect(ruling).toMatchObject({ kind: 'refused', data: { code: 'invalid', message: matching(message) } });
  });
});

describe('snooze', () => {
  const until = instant(START_MS + HOUR_MS);
  const asleep = () => held().take(letter.decided({ decision: 'snooze', until }));

  it('brings the card back at its moment, in the same form and with the same end', () => {
    expect(asleep().reach({ kind: 'snooze', until }, START_MS + HOUR_MS).rulings).toMatchObject([{ kind: 'held', data: { why: 'snooze_ended', digest: letter.digest } }]);
  });

  it('does not come back too early', () => expect(asleep().reach({ kind: 'snooze', until }, START_MS + HOUR_MS - 1).said).toBe(''));

  it('cannot outlast the approval, nor lack a moment', () => {
    expect(held().take(letter.decided({ decision: 'snooze', until: instant(START_MS + 24 * HOUR_MS) })).said).toBe('refused:invalid');
    expect(held().take(letter.decided({ decision: 'snooze' })).said).toBe('refused:invalid');
  });

  it('ends in expiry when nobody comes back to it (I8)', () => {
    expect(asleep().reach({ kind: 'expiry' }, START_MS + 24 * HOUR_MS).state.kind).toBe('expired');
  });
});

describe('respond', () => {
  it('closes the card and carries the words to the agent that proposed it', () => {
    expect(held().take(letter.decided({ decision: 'respond', response: 'Friendlier, please' })).rulings).toMatchObject([
      { kind: 'accepted', data: { decision: 'respond', actionType: 'email.send', proposedBy: 'correspondence', response: 'Friendlier, please' } },
    ]);
  });

  it('needs words', () => {
    expect(held().take(letter.decided({ decision: 'respond', response: '  ' })).said).toBe('refused:invalid');
  });
});

describe('a question to the owner', () => {
  const asked = about(question);
  const open = () => new Life({ ...NEEDS_OWNER, decision: 'permit' }).take(asked.proposed()).take(asked.verified());

  it('is held even where policy would let it run alone: there is nothing to run', () => expect(open().said).toBe('held:needs_owner'));

  it.each(['approve', 'edit'] as const)('is not answered by %s', (decision) => {
    const life = open().take(asked.decided({ decision, args: question.args }));
    expect(life.rulings).toMatchObject([{ kind: 'refused', data: { code: 'invalid', hint: matching(/respond/) } }]);
  });

  it('is answered by respond, and closed by reject', () => {
    expect(open().take(asked.decided({ decision: 'respond', response: 'Refund' })).said).toBe('accepted:respond');
    expect(open().take(asked.decided({ decision: 'reject' })).said).toBe('denied:owner');
  });
});

describe('the release of a story that was stopped', () => {
  const asked = about({ type: 'story.release', args: { story: 's', because: 'It went in circles.', lastEvents: [] } });
  const open = (verdict = NEEDS_OWNER) => new Life(verdict).take(asked.proposed()).take(asked.verified());

  it('is held, whatever policy would permit: there is nothing that could run', () => {
    for (const decision of ['permit', 'permit_with_owner'] as const) expect(open({ ...NEEDS_OWNER, decision }).said).toBe('held:needs_owner');
  });

  it('is accepted by approve, and nothing is authorised by that', () => {
    const life = open().take(asked.decided({ decision: 'approve' }));
    expect(life.rulings).toMatchObject([{ kind: 'accepted', data: { decision: 'approve', actionType: 'story.release' } }]);
    expect(life.state.kind).toBe('answered');
    expect(life.take(asked.undoRequested()).said).toBe('compensation_failed:nothing_to_undo');
  });

  it.each(['edit', 'respond'] as const)('is not answered by %s', (decision) => {
    const life = open().take(asked.decided({ decision, args: { story: 'other', because: 'x', lastEvents: [] }, response: 'go on' }));
    expect(life.rulings).toMatchObject([{ kind: 'refused', data: { code: 'invalid', hint: matching(/Approve its release, or reject/) } }]);
    expect(life.state.kind).toBe('held');
  });

  it('is closed by reject, and put aside by snooze', () => {
    expect(open().take(asked.decided({ decision: 'reject' })).said).toBe('denied:owner');
    expect(open().take(asked.decided({ decision: 'snooze', until: new Date(START_MS + HOUR_MS).toISOString() })).state.kind).toBe('snoozed');
  });

  it('is refused where policy forbids it even with the owner', () => {
    let verdict = NEEDS_OWNER;
    const life = new Life(() => verdict).take(asked.proposed()).take(asked.verified());
    verdict = FORBID;
    expect(life.take(asked.decided({ decision: 'approve' })).said).toBe('refused:forbidden');
    expect(life.state.kind).toBe('held');
    expect(new Life(FORBID).take(asked.proposed()).take(asked.verified()).said).toBe('denied:policy');
  });
});
