import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { startStripeStandIn, type StripeStandIn } from '@troupe/billing-connector/testing';
import { captureSmtp, eventually, freePort, type SmtpCapture } from '@troupe/testkit';
import { authorizationOf, MAIL } from './testing/authorizations.ts';
import { GateUnderTest } from './testing/gate-under-test.ts';

const inMs = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

jest.setTimeout(30_000);

describe('the effect gate on a real broker', () => {
  let gate: GateUnderTest;

  beforeEach(async () => (gate = await GateUnderTest.prepare()));
  afterEach(() => gate.end());

  describe('with the sandbox', () => {
    it('writes one mail, threaded, and says so', async () => {
      await gate.start();
      await gate.authorize(authorizationOf());
      const { types, data } = await gate.outcome();
      expect(types).toEqual(['attempted', 'executed']);
      expect(data).toMatchObject({ mode: 'sandbox', authorizationId: 'auth_1', providerReference: expect.stringContaining('@example.org>') as unknown });
      const [mail, ...others] = await gate.outbox();
      expect(others).toEqual([]);
      expect(mail).toContain('In-Reply-To: <question@example.com>');
      expect(mail).toContain('References: <first@example.com> <question@example.com>');
    });

    it('writes one mail and says so once when every message is delivered twice', async () => {
      await gate.start({}, { deliverTwice: true });
      await gate.authorize(authorizationOf());
      await gate.outcome();
      await pause(500);
      expect((await gate.outcome()).types).toEqual(['attempted', 'executed']);
      expect(await gate.outbox()).toHaveLength(1);
    });

    it('writes one mail for two authorisations of one action', async () => {
      await gate.start();
      await gate.authorize(authorizationOf());
      await gate.outcome();
      await gate.authorize(authorizationOf({ authorizationId: 'auth_2' }));
      const events = await eventually(async () => {
        const said = await gate.said();
        expect(said).toHaveLength(3);
        return said;
      });
      expect(events[2]?.data).toMatchObject({ authorizationId: 'auth_2', failure: { code: 'authorization_spent' } });
      expect(await gate.outbox()).toHaveLength(1);
    });

    it('runs billing and labels without leaving the machine', async () => {
      await gate.start();
      const pauseIt = { type: 'billing.pause_collection', args: { subscriptionId: 'sub_1', behavior: 'void' } };
      await gate.authorize(authorizationOf({ actionId: 'act_pause', authorizationId: 'auth_pause', action: pauseIt }));
      const label = { type: 'email.label', args: { messageId: '<a@b>', add: ['later'], remove: [] } };
      await gate.authorize(authorizationOf({ actionId: 'act_label', authorizationId: 'auth_label', action: label }));
      expect((await gate.outcome('act_pause')).data).toMatchObject({ mode: 'sandbox' });
      expect((await gate.outcome('act_label')).data).toMatchObject({ summary: expect.stringContaining('later') as unknown });
      expect(await readFile(join(gate.home, 'billing-sandbox.jsonl'), 'utf8')).toContain('"auth_pause"');
    });

    it('keeps its memory when the ledger is lost', async () => {
      await gate.start();
      await gate.authorize(authorizationOf());
      await gate.outcome();
      await gate.stop();
      await gate.loseLedger();
      await gate.start();
      await gate.authorize(authorizationOf({ authorizationId: 'auth_2' }));
      await eventually(async () => expect(await gate.said()).toHaveLength(3), { timeoutMs: 8_000 });
      expect((await gate.said())[2]?.data).toMatchObject({ failure: { code: 'authorization_spent' } });
      expect(await gate.outbox()).toHaveLength(1);
    });
  });

  describe('refuses', () => {
    it.each([
      ['a forged digest', { action: { ...MAIL, args: { ...MAIL.args, to: ['eve@example.net'] } }, digest: authorizationOf().digest }, 'digest_mismatch'],
      ['an expired authorisation', { expiresAt: inMs(-1_000) }, 'authorization_expired'],
      ['a question', { action: { type: 'owner.ask', args: { question: 'Shall I?' } } }, 'no_connector'],
      ['what is not in the catalogue', { action: { type: 'world.end', args: {} } }, 'invalid_action'],
    ])('%s, and nothing happens', async (_name, overrides, code) => {
      await gate.start();
      await gate.authorize(authorizationOf(overrides));
      const { types, data } = await gate.outcome();
      expect(types).toEqual(['failed']);
      expect(data).toMatchObject({ failure: { code } });
      expect(await gate.outbox()).toEqual([]);
    });
  });

  describe('an undo', () => {
    it('inside the hold window stops it', async () => {
      await gate.start();
      const held = authorizationOf({ holdUntil: inMs(1_500) });
      await gate.authorize(held);
      await pause(800);
      await gate.requestUndo(held);
      expect(await gate.outcome()).toEqual({ types: ['undone'], data: { actionId: held.actionId, digest: held.digest } });
      await pause(1_200);
      expect((await gate.outcome()).types).toEqual(['undone']);
      expect(await gate.outbox()).toEqual([]);
    });

    it('that was asked for while the gate was away stops it', async () => {
      const held = authorizationOf({ holdUntil: inMs(10) });
      await gate.authorize(held);
      await gate.requestUndo(held);
      await pause(20);
      await gate.start({}, { deliverTwice: true });
      expect((await gate.outcome()).types).toEqual(['undone']);
      await pause(1_000);
      expect((await gate.outcome()).types).toEqual(['undone']);
      expect(await gate.outbox()).toEqual([]);
    });

    it('after the fact changes nothing here', async () => {
      await gate.start();
      await gate.authorize(authorizationOf());
      await gate.outcome();
      await gate.requestUndo(authorizationOf());
      await pause(500);
      expect((await gate.outcome()).types).toEqual(['attempted', 'executed']);
    });
  });

  describe('with a mail server', () => {
    let smtp: SmtpCapture;

    beforeEach(async () => (smtp = await captureSmtp()));
    afterEach(() => smtp.stop());

    const start = (options: { deliverTwice?: boolean } = {}) => gate.start({ SMTP_URL: smtp.url }, options);

    it('sends one mail when every message is delivered twice', async () => {
      await start({ deliverTwice: true });
      await gate.authorize(authorizationOf());
      expect((await gate.outcome()).data).toMatchObject({ mode: 'live' });
      await pause(500);
      expect(smtp.messages).toHaveLength(1);
      expect((await gate.outcome()).types).toEqual(['attempted', 'executed']);
    });

    it.each([
      ['refuse', 1, { code: 'smtp_refused', retryable: false }],
      ['defer', 3, { code: 'smtp_deferred', retryable: true }],
    ] as const)('fails when it would %s, after %d conversations', async (behaviour, attempts, failure) => {
      smtp.behave(behaviour);
      await start();
      await gate.authorize(authorizationOf());
      const { types, data } = await gate.outcome();
      expect(types).toEqual(['attempted', 'failed']);
      expect(data).toMatchObject({ failure });
      expect(smtp.attempts).toBe(attempts);
    });

    it('does not know, and does not send again, when the line breaks after the final dot', async () => {
      smtp.behave('accept-then-drop');
      await start({ deliverTwice: true });
      await gate.authorize(authorizationOf());
      const { types, data } = await gate.outcome();
      expect(types).toEqual(['attempted', 'unknown']);
      expect(data).toMatchObject({ failure: { code: 'smtp_no_answer' } });
      await pause(500);
      expect(smtp.messages).toHaveLength(1);
    });

    it('keeps its password to itself', async () => {
      await gate.start({ SMTP_URL: `smtp://owner:hunter2@127.0.0.1:${await freePort()}` });
      await gate.authorize(authorizationOf());
      await gate.outcome();
      expect(JSON.stringify(await gate.said())).not.toContain('hunter2');
    });

    it('opens its breaker after repeated failures, spends nothing meanwhile, and closes it again', async () => {
      smtp.behave('defer');
      await start();
      for (const n of [1, 2]) await gate.authorize(authorizationOf({ actionId: `act_${n}`, authorizationId: `auth_${n}` }));
      for (const n of [1, 2]) expect((await gate.outcome(`act_${n}`)).types).toEqual(['attempted', 'failed']);
      smtp.behave('accept');
      await gate.authorize(authorizationOf({ actionId: 'act_3', authorizationId: 'auth_3' }));
      await pause(1_500);
      expect(await gate.said('act_3')).toEqual([]);
      expect((await gate.outcome('act_3', 20_000)).types).toEqual(['attempted', 'executed']);
      expect(smtp.messages).toHaveLength(1);
    });
  });

  describe('with Stripe’s stand-in', () => {
    let stripe: StripeStandIn;

    beforeEach(async () => (stripe = await startStripeStandIn()));
    afterEach(() => stripe.stop());

    const refund = authorizationOf({
      action: { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor: 4_900, currency: 'eur' } } },
    });
    const env = () => ({ STRIPE_API_KEY: stripe.apiKey, STRIPE_API_BASE: stripe.url });

    it('refunds once when every message is delivered twice', async () => {
      await gate.start(env(), { deliverTwice: true });
      await gate.authorize(refund);
      expect((await gate.outcome()).data).toMatchObject({ mode: 'live', providerReference: 're_1' });
      await pause(500);
      expect(stripe.effects).toEqual([expect.objectContaining({ idempotencyKey: 'auth_1' })]);
    });

    it('finds out what became of a refund whose answers were lost', async () => {
      stripe.behave('drop');
      await gate.start(env());
      await gate.authorize(refund);
      await eventually(() => expect(stripe.writes).toBeGreaterThan(2), { timeoutMs: 8_000 });
      stripe.behave('work');
      expect((await gate.outcome()).types).toEqual(['attempted', 'executed']);
      expect(stripe.effects).toHaveLength(1);
    });

    it('does not know when Stripe fails and cannot tell', async () => {
      stripe.behave('fail');
      await gate.start(env());
      await gate.authorize(refund);
      expect((await gate.outcome()).types).toEqual(['attempted', 'unknown']);
    });
  });
});
