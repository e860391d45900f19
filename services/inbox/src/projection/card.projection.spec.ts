import {
  actionDigest,
  ActionAttempted,
  ActionAuthorized,
  ActionCompensated,
  ActionDeferred,
  ActionDenied,
  ActionExecuted,
  ActionExpired,
  ActionFailed,
  ActionFlagged,
  ActionHeld,
  ActionRetryRequested,
  ActionStalled,
  ActionUndone,
  ActionUndoRequested,
  ActionUnknown,
  ActionVerified,
  ApprovalAccepted,
  ApprovalDecided,
  CompensationFailed,
  type Envelope,
} from '@troupe/contracts';
import { proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import type { StoredCard } from './card.contract.ts';
import { foldCard, type FoldedCard } from './card.projection.ts';

const digest = actionDigest(reply());
const ref = { actionId: 'act_1', digest };
const permit = {
  decision: 'permit_with_owner' as const,
  determining: ['outbound-needs-owner'],
  reasons: ['It leaves the company.'],
};
const failure = { code: 'smtp_550', retryable: false, message: 'No such mailbox', hint: 'Check the address.' };
const later = '2026-11-30T09:00:00.000Z';

const verified = sampleEvent(
  ActionVerified,
  { ...ref, checks: [{ name: 'amounts', passed: true, detail: 'none' }] },
  { id: 'v' },
);
const held = sampleEvent(
  ActionHeld,
  { ...ref, action: reply(), policy: permit, why: 'needs_owner', expiresAt: later },
  { id: 'h', hops: 4, snapshot: 2 },
);
const authorized = sampleEvent(
  ActionAuthorized,
  { ...ref, action: reply(), authorizationId: 'auth_1', by: 'owner', policy: permit, holdUntil: later, expiresAt: later },
  { id: 'a', snapshot: 3 },
);
const attempted = sampleEvent(
  ActionAttempted,
  { ...ref, authorizationId: 'auth_1', connector: 'email', mode: 'sandbox', idempotencyKey: 'k' },
  { id: 't' },
);
const executed = sampleEvent(
  ActionExecuted,
  { ...ref, authorizationId: 'auth_1', mode: 'sandbox', providerReference: '<2@troupe>', summary: 'Kept in the sandbox outbox' },
  { id: 'e' },
);

const permitAlone = { ...permit, decision: 'permit' as const };
const authorizedData = { ...ref, action: reply(), authorizationId: 'auth_1', by: 'policy' as const, policy: permitAlone, holdUntil: later, expiresAt: later };
const heldData = (why: 'unverified' | 'edit_refused') => ({ ...ref, action: reply(), policy: permit, why, expiresAt: later });

function folded(...events: Envelope[]): FoldedCard | undefined {
  return events.reduce<FoldedCard | undefined>((before, event, index) => foldCard(before, event, index + 1), undefined);
}

function fold(...events: Envelope[]): StoredCard {
  const card = folded(...events)?.card;
  if (!card) throw new Error('the events made no card');
  return card;
}

describe('the card', () => {
  it('begins with what the agent proposed, rendered for reading', () => {
    const card = fold(proposal());
    expect(card).toMatchObject({
      id: 'act_1',
      type: 'email.send',
      title: 'Send an email',
      state: 'proposed',
      tier: 'T2',
      reversibility: 'irreversible',
      digest,
      summary: 'Re: Invoice 2041 → ana@example.com',
      storyId: 'story-1',
      snapshot: 1,
      triggerId: 'story-1',
      agent: { name: 'correspondence', version: '0.1.0' },
      model: { model: 'offline-rules' },
    });
    expect(card.fields.map(({ label, text }) => [label, text])).toEqual([
      ['To', 'ana@example.com'],
      ['Cc', ''],
      ['Subject', 'Re: Invoice 2041'],
      ['Body', reply().args['body']],
    ]);
  });

  it('waits for the owner with policy’s reasons and keeps the verifier’s checks', () => {
    const card = fold(proposal(), verified, held);
    expect(card).toMatchObject({
      state: 'held',
      policy: permit,
      expiresAt: later,
      checks: [{ name: 'amounts' }],
      lastEvent: { id: 'h', hops: 4 },
    });
    expect(card.waitsBecause).toContain('your word');
  });

  it('is not taken back to verified by a verifier that comes late', () => {
    expect(fold(proposal(), held, verified)).toMatchObject({ state: 'held', checks: [{ name: 'amounts', passed: true }] });
  });

  it('goes from approval to its outcome', () => {
    expect(fold(proposal(), held, authorized)).toMatchObject({ state: 'authorized', holdUntil: later, expiresAt: null });
    expect(fold(proposal(), held, authorized, attempted)).toMatchObject({ state: 'executing', holdUntil: null });
    expect(fold(proposal(), held, authorized, attempted, executed)).toMatchObject({
      state: 'executed',
      outcome: { mode: 'sandbox', summary: 'Kept in the sandbox outbox' },
    });
  });

  it('shows an edit under its new digest, beside the agent’s form, without the old checks', () => {
    const edited = reply('Re: Invoice 2041', 'Hello Ana, I will credit 10.00 EUR.');
    const heldAgain = sampleEvent(
      ActionHeld,
      { actionId: 'act_1', digest: actionDigest(edited), action: edited, policy: permit, why: 'edit_refused', expiresAt: later },
      { id: 'h2', snapshot: 3 },
    );
    const card = fold(proposal(), verified, held, heldAgain);
    expect(card).toMatchObject({
      state: 'held',
      digest: actionDigest(edited),
      args: edited.args,
      checks: [],
      proposed: { digest },
    });
    expect(card.proposed?.fields.find((field) => field.key === 'body')?.text).toBe(reply().args['body']);
    const backAgain = sampleEvent(ActionHeld, heldData('edit_refused'), { id: 'h3', snapshot: 4 });
    expect(fold(proposal(), verified, held, heldAgain, backAgain)).toMatchObject({ digest, proposed: null });
    expect(fold(proposal(), verified, held, heldAgain, held)).toMatchObject({ digest: actionDigest(edited), proposed: { digest } });
  });

  it('ignores checks made on another form', () => {
    const stale = sampleEvent(
      ActionFlagged,
      { actionId: 'act_1', digest: 'sha256:other', checks: [{ name: 'links', passed: false, detail: 'x' }] },
      { id: 'f' },
    );
    expect(fold(proposal(), stale)).toMatchObject({ state: 'proposed', checks: [] });
  });

  it('hears the owner but moves only when policy answers', () => {
    const decided = sampleEvent(
      ApprovalDecided,
      { ...ref, decision: 'reject', reason: 'Too early', decidedBy: 'operator' },
      { id: 'd' },
    );
    expect(fold(proposal(), held, decided)).toMatchObject({
      state: 'held',
      decision: { what: 'reject', words: 'Too early' },
      lastEvent: { id: 'h' },
    });
    const denied = sampleEvent(ActionDenied, { ...ref, by: 'owner', reason: 'Too early' }, { id: 'n' });
    expect(fold(proposal(), held, decided, denied)).toMatchObject({ state: 'denied', policy: permit });
  });

  it.each([
    ['expired', sampleEvent(ActionExpired, ref, { id: 'x' }), { expiresAt: null }],
    [
      'answered',
      sampleEvent(ApprovalAccepted, { ...ref, decision: 'respond', actionType: 'owner.ask', proposedBy: 'dunning' }, { id: 'x' }),
      {},
    ],
    [
      'snoozed',
      sampleEvent(
        ApprovalAccepted,
        { ...ref, decision: 'snooze', actionType: 'email.send', proposedBy: 'dunning', until: later },
        { id: 'x' },
      ),
      { snoozedUntil: later },
    ],
  ])('can become %s', (state, event, rest) => {
    expect(fold(proposal(), held, event)).toMatchObject({ state, ...rest });
  });

  it.each([
    ['failed', [attempted, sampleEvent(ActionFailed, { ...ref, authorizationId: 'auth_1', failure }, { id: 'x' })], { failure }],
    ['unknown', [attempted, sampleEvent(ActionUnknown, { ...ref, authorizationId: 'auth_1', failure }, { id: 'x' })], { failure }],
    ['undone', [sampleEvent(ActionUndone, ref, { id: 'x' })], { holdUntil: null }],
    ['compensated', [executed, sampleEvent(ActionCompensated, { ...ref, compensationId: 'act_2' }, { id: 'x' })], { undoing: false }],
  ])('can become %s once it was let out', (state, events, rest) => {
    expect(fold(proposal(), held, authorized, ...events)).toMatchObject({ state, ...rest });
  });

  it('needs the owner when nobody has said what became of it, until somebody does', () => {
    const stalled = sampleEvent(ActionStalled, { ...ref, authorizationId: 'auth_1', failure }, { id: 'z', snapshot: 4 });
    expect(fold(proposal(), held, authorized, stalled)).toMatchObject({ state: 'unknown', failure });
    expect(fold(proposal(), held, authorized, stalled, executed)).toMatchObject({ state: 'executed', failure: null });
    expect(fold(proposal(), held, authorized, executed, stalled)).toMatchObject({ state: 'executed', failure: null });
  });

  it('is not moved by an outcome under an authorisation that nobody gave', () => {
    const forged = sampleEvent(ActionFailed, { ...ref, authorizationId: 'auth_forged', failure }, { id: 'x' });
    expect(fold(proposal(), held, authorized, forged)).toMatchObject({ state: 'authorized', failure: null });
  });

  it('says what it waits for while it is put off, and nothing of it once it ran', () => {
    const deferred = sampleEvent(ActionDeferred, { ...ref, authorizationId: 'auth_1', failure, tries: 1, nextTryAt: later }, { id: 'p' });
    const waiting = fold(proposal(), held, authorized, attempted, deferred);
    expect(waiting).toMatchObject({ state: 'authorized', holdUntil: null, deferred: { failure, tries: 1, nextTryAt: later } });
    expect(fold(proposal(), held, authorized, attempted, deferred, executed)).toMatchObject({ state: 'executed', deferred: null });
  });

  it('is let out anew when a failure is sent again', () => {
    const failed = sampleEvent(ActionFailed, { ...ref, authorizationId: 'auth_1', failure }, { id: 'x' });
    const asked = sampleEvent(ActionRetryRequested, { ...ref, requestedBy: 'operator' }, { id: 'r' });
    const again = sampleEvent(
      ActionAuthorized,
      { ...ref, action: reply(), authorizationId: 'auth_2', by: 'owner', policy: permit, expiresAt: later },
      { id: 'a2', snapshot: 5 },
    );
    expect(fold(proposal(), held, authorized, failed, asked)).toMatchObject({ state: 'failed', failure, lastEvent: { id: 'x' } });
    expect(fold(proposal(), held, authorized, failed, asked, again)).toMatchObject({ state: 'authorized', failure: null });
    expect(fold(proposal(), held, authorized, failed, asked, again, failed, authorized)).toMatchObject({ state: 'authorized', failure: null });
  });

  it('shows that it is being taken back until that is answered', () => {
    const asked = sampleEvent(ActionUndoRequested, { ...ref, requestedBy: 'operator' }, { id: 'u' });
    const stuck = sampleEvent(CompensationFailed, { ...ref, failure }, { id: 'x' });
    expect(fold(proposal(), held, asked).undoing).toBe(false);
    expect(fold(proposal(), held, authorized, asked)).toMatchObject({ state: 'authorized', undoing: true });
    expect(fold(proposal(), held, authorized, asked, stuck)).toMatchObject({ undoing: false, failure });
  });

  it('stays executed when it cannot be taken back, and says why', () => {
    const stuck = sampleEvent(CompensationFailed, { ...ref, failure }, { id: 'x' });
    expect(fold(proposal(), held, authorized, attempted, executed, stuck)).toMatchObject({ state: 'executed', failure });
  });

  it('is also made for what policy starts by itself: a compensation', () => {
    const action = { type: 'billing.resume_collection', args: { subscriptionId: 'sub_1' } };
    const event = sampleEvent(
      ActionAuthorized,
      {
        actionId: 'act_9',
        digest: actionDigest(action),
        action,
        authorizationId: 'auth_9',
        by: 'owner',
        policy: permit,
        expiresAt: later,
        compensates: 'act_1',
      },
      { id: 'c' },
    );
    expect(fold(event)).toMatchObject({
      id: 'act_9',
      state: 'authorized',
      compensates: 'act_1',
      title: 'Resume payment collection',
    });
  });

  it.each([2, 3, 5, 6])('changes nothing when event %d comes again, however late', (which) => {
    const events = [proposal(), verified, held, authorized, attempted, executed];
    const card = folded(...events);
    expect(foldCard(card, events[which - 1] as Envelope, 1_000)).toBe(card);
  });

  it('shows the later ruling, whichever reached the stream first', () => {
    const [first, second] = [sampleEvent(ActionHeld, heldData('unverified'), { id: 'h1', snapshot: 1 }), sampleEvent(ActionAuthorized, authorizedData, { id: 'a1', snapshot: 2 })];
    for (const order of [[first, second], [second, first]]) {
      expect(fold(proposal(), verified, ...order)).toMatchObject({ state: 'authorized', holdUntil: later, policy: permitAlone, waitsBecause: null, expiresAt: null });
    }
  });

  it('passes over what does not fit its contract', () => {
    expect(foldCard(undefined, { ...proposal(), data: { actionId: 'act_1', digest: 'x' } }, 1)).toBeUndefined();
  });
});
