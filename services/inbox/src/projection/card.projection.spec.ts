import {
  actionDigest,
  ActionAttempted,
  ActionAuthorized,
  ActionCompensated,
  ActionDenied,
  ActionExecuted,
  ActionExpired,
  ActionFailed,
  ActionFlagged,
  ActionHeld,
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
import { foldCard } from './card.projection.ts';
import { foldAction, type FoldedCard } from './folded-card.ts';

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
  { id: 'h', hops: 4 },
);
const authorized = sampleEvent(
  ActionAuthorized,
  { ...ref, action: reply(), authorizationId: 'auth_1', by: 'owner', policy: permit, holdUntil: later, expiresAt: later },
  { id: 'a' },
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

function fold(...events: Envelope[]): StoredCard {
  const card = events.reduce<FoldedCard | undefined>((before, event, index) => foldAction(before, event, index + 1), undefined)?.card;
  if (!card) throw new Error('the events made no card');
  return card;
}

/** What comes between the hold and a later state. */
function before(state: string): Envelope[] {
  if (state === 'compensated') return [authorized, executed];
  return ['failed', 'unknown', 'undone'].includes(state) ? [authorized] : [];
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
      { id: 'h2' },
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
    expect(fold(proposal(), verified, held, heldAgain, held).proposed).toBeNull();
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
    ['failed', sampleEvent(ActionFailed, { ...ref, authorizationId: 'auth_1', failure }, { id: 'x' }), { failure }],
    ['unknown', sampleEvent(ActionUnknown, { ...ref, authorizationId: 'auth_1', failure }, { id: 'x' }), { failure }],
    ['undone', sampleEvent(ActionUndone, ref, { id: 'x' }), { holdUntil: null }],
    ['expired', sampleEvent(ActionExpired, ref, { id: 'x' }), { expiresAt: null }],
    ['compensated', sampleEvent(ActionCompensated, { ...ref, compensationId: 'act_2' }, { id: 'x' }), {}],
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
    expect(fold(proposal(), held, ...before(state), event)).toMatchObject({ state, ...rest });
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

  it('passes over what does not fit its contract', () => {
    expect(foldCard(undefined, { ...proposal(), data: { actionId: 'act_1', digest: 'x' } })).toBeUndefined();
  });
});
