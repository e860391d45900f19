import { jest } from '@jest/globals';
import { ActionAuthorized, NOTHING_YET, readLifecycleEvent, stateOf, type Action, type Envelope } from '@troupe/contracts';
import { eventually } from '@troupe/testkit';
import { instant } from './approval/decision-context.ts';
import { Company } from './testing/company.ts';
import { about, label, mail } from './testing/life.ts';

const secretMail: Action = { ...mail, args: { ...mail.args, body: 'ActionCard 4242 4242 4242 4242' } };

/** A story in words: what was said, by whom it was decided or why not. */
function words(events: readonly Envelope[]): string[] {
  return events.map((event) => {
    const said = readLifecycleEvent(event);
    const data: Record<string, unknown> = { ...said?.data };
    return [said?.kind, data['by'] ?? data['code'] ?? data['why']].filter(Boolean).join(':');
  });
}

/** Each test speaks for up to a dozen seconds, on a machine that may have other things to do. */
jest.setTimeout(40_000);

describe.each([
  ['once', false],
  ['twice', true],
])('policy on a real nats-server, every message delivered %s', (_, deliverTwice) => {
  let company: Company;
  let actions = 0;

  beforeAll(async () => {
    company = await Company.open({ TROUPE_HOLD_SECONDS: '5', TROUPE_VERIFICATION_TIMEOUT_SECONDS: '1', TROUPE_APPROVAL_TTL_SECONDS: '6' }, deliverTwice);
  });
  afterAll(() => company.close());

  const told = (actionId: string, ...expected: string[]) =>
    eventually(async () => expect(words(await company.story(actionId))).toEqual(expected), { timeoutMs: 12_000 });

  /** A new action, proposed and verified; resolves once policy has ruled on it. */
  async function open(action: Action, ruling: string) {
    actions += 1;
    const id = `act_${actions}`;
    const events = about(action, id);
    await company.say(events.proposed());
    await company.say(events.verified());
    await told(id, 'proposed', 'verified', ruling);
    return { id, ...events };
  }

  it('holds a mail of a tainted story, and authorises it once the owner approves', async () => {
    const { id, decided } = await open(mail, 'held:needs_owner');
    await company.say(decided({ decision: 'approve' }));
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'decided', 'authorized:owner');
    const authorized = (await company.story(id)).at(-1);
    expect(authorized).toMatchObject({ agent: 'policy', origin: 'external', subject: `action:${id}`, data: { action: mail, by: 'owner' } });
    expect((authorized?.data as { policy: unknown }).policy).toMatchObject({
      decision: 'permit_with_owner', determining: ['new-recipient-needs-owner', 'tainted-needs-owner', 'owner-approves-outbound'],
    });
  });

  it('lets a label run alone', async () => {
    const { id } = await open(label, 'authorized:policy');
    expect((await company.story(id)).at(-1)?.data).toMatchObject({ policy: { determining: ['reversible-runs-alone'] } });
  });

  it('denies what policy forbids even with the owner', async () => {
    const { id } = await open(secretMail, 'denied:policy');
    expect((await company.story(id)).at(-1)?.data).toMatchObject({ policy: { determining: ['no-secrets-in-mail'] } });
  });

  it('holds an edit that policy refuses in its new form', async () => {
    const { id, decided } = await open(mail, 'held:needs_owner');
    await company.say(decided({ decision: 'edit', args: secretMail.args }));
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'decided', 'held:edit_refused');
    expect((await company.story(id)).at(-1)?.data).toMatchObject({ action: secretMail, digest: about(secretMail).digest });
    await company.say(about(secretMail, id).decided({ decision: 'approve' }));
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'decided', 'held:edit_refused', 'decided', 'refused:forbidden');
  });

  it('refuses a stale digest and a second decision', async () => {
    const { id, decided } = await open(mail, 'held:needs_owner');
    await company.say(decided({ decision: 'approve', digest: 'sha256:old' }));
    await company.say(decided({ decision: 'reject', reason: 'No' }));
    await company.say(decided({ decision: 'approve' }));
    await eventually(async () => expect(words(await company.story(id)).filter((word) => word !== 'decided')).toEqual([
      'proposed', 'verified', 'held:needs_owner', 'refused:stale_digest', 'denied:owner', 'refused:already_decided',
    ]));
  });

  it('refuses a decision on an action that does not exist, whatever it is called', async () => {
    const { decided } = about(mail, 'no such action');
    await company.say(decided({ decision: 'approve' }));
    await told('no such action', 'decided', 'refused:unknown_action');
  });

  it('expires what nobody decides, and approves nothing by that (I8)', async () => {
    const { id, decided } = await open(mail, 'held:needs_owner');
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'expired');
    await company.say(decided({ decision: 'approve' }));
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'expired', 'decided', 'refused:expired');
  });

  it('brings a snoozed card back at its moment, and once only', async () => {
    const { id, decided } = await open(mail, 'held:needs_owner');
    await company.say(decided({ decision: 'snooze', until: instant(Date.now() + 800) }));
    await told(id, 'proposed', 'verified', 'held:needs_owner', 'decided', 'accepted', 'held:snooze_ended');
  });

  it('holds what the verifier says nothing about in time, also a label', async () => {
    const { proposed } = about(label, 'act_unseen');
    await company.say(proposed());
    await told('act_unseen', 'proposed', 'held:unverified');
  });

  it('takes back what has run by a compensation of its own, and tells the original of it', async () => {
    const { id, undoRequested, executed } = await open(label, 'authorized:policy');
    const original = (await company.story(id)).at(-1)?.data as { authorizationId: string };
    await company.say(executed({ authorizationId: original.authorizationId }));
    await company.say(undoRequested());
    await told(id, 'proposed', 'verified', 'authorized:policy', 'executed', 'undo_requested', 'authorized:owner');
    const compensation = (await company.story(id)).at(-1)?.data as { actionId: string; action: Action; authorizationId: string };
    await company.say({
      kind: 'executed',
      data: { ...compensation, digest: about(compensation.action).digest, mode: 'sandbox', providerReference: 'r', summary: 's', compensates: id },
    });
    await eventually(async () => {
      const stories = [...(await company.story(id)), ...(await company.story(compensation.actionId))];
      expect(words(stories)).toContain('compensated');
    });
  });

  it('has, after a rebuild, the very states it had before (I6), and emits nothing for it', async () => {
    await eventually(async () => expect(Object.values(await company.states()).map((life) => stateOf(life).kind)).not.toContain('held'), { timeoutMs: 12_000 });
    const before = await company.states();
    const length = (await company.story('act_1')).length;
    const store = await company.store();
    await store.delete('act_1');
    await store.create('act_never', { state: { ...NOTHING_YET, closed: { denied: 'd' } }, outbox: [] });
    expect(await company.rebuild()).toMatchObject({ kind: 'rebuilt', actions: expect.any(Number) });
    expect(await company.states()).toEqual(before);
    expect(await company.story('act_1')).toHaveLength(length);
    expect(Object.values(before).map((life) => stateOf(life).kind).sort()).toEqual([
      'authorized', 'authorized', 'compensated', 'denied', 'denied', 'expired', 'expired', 'expired', 'expired',
    ]);
  });

  it('has authorised nothing twice', async () => {
    for (const actionId of Object.keys(await company.states())) {
      const authorized = (await company.story(actionId)).filter(({ type }) => type === ActionAuthorized.type);
      const ids = authorized.map(({ data }) => (data as { authorizationId: string }).authorizationId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

it('does not start on policies that cannot be read (I8)', async () => {
  await expect(Company.open({ TROUPE_POLICIES: '/nowhere' }, false)).rejects.toThrow(/\/nowhere cannot be read: set TROUPE_POLICIES/);
});
