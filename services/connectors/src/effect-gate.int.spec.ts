import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { captureSmtp, eventually, freePort, type SmtpCapture, type SmtpStep } from '@troupe/testkit';
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

    it('keeps its memory when the end of the ledger is lost, as in a power cut', async () => {
      await gate.start();
      await gate.authorize(authorizationOf());
      await gate.outcome();
      await gate.stop();
      await gate.loseEntry('act_1');
      await gate.start();
      await gate.authorize(authorizationOf({ authorizationId: 'auth_2' }));
      await eventually(async () => expect(await gate.said()).toHaveLength(3), { timeoutMs: 8_000 });
      expect((await gate.said())[2]?.data).toMatchObject({ failure: { code: 'authorization_spent' } });
      expect(await gate.outbox()).toHaveLength(1);
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

    it.each([
      ['ahead', 3_600_000],
      ['behind', -3_600_000],
    ])('inside the hold window stops it though the gate’s clock is an hour %s', async (_name, offMs) => {
      await gate.start({}, { clock: { now: () => Date.now() + offMs } });
      const held = authorizationOf({ holdMs: 1_500, holdUntil: inMs(-1_000) });
      await gate.authorize(held);
      await pause(900);
      await gate.requestUndo(held);
      expect((await gate.outcome()).types).toEqual(['undone']);
      await gate.authorize(authorizationOf({ actionId: 'act_2', authorizationId: 'auth_2', holdMs: 700 }));
      await pause(500);
      expect(await gate.said('act_2')).toEqual([]);
      expect((await gate.outcome('act_2', 5_000)).types).toEqual(['attempted', 'executed']);
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

    it('fails after one conversation when it is refused', async () => {
      smtp.behave('refuse');
      await start();
      await gate.authorize(authorizationOf());
      const { types, data } = await gate.outcome();
      expect(types).toEqual(['attempted', 'failed']);
      expect(data).toMatchObject({ failure: { code: 'smtp_refused', retryable: false } });
      expect(smtp.attempts).toBe(1);
    });

    describe.each([false, true])('that puts it off (every message twice: %s)', (deliverTwice) => {
      const quickly = { TROUPE_RETRY_FIRST_PAUSE_SECONDS: '0.4' };
      const startQuickly = () => gate.start({ SMTP_URL: smtp.url, ...quickly }, { deliverTwice });
      const greylist: SmtpStep = { at: 'rcpt', answer: [450, '4.2.0 greylisted'] };

      it.each<[string, SmtpStep]>([
        ['greylists it', greylist],
        ['is too busy', { at: 'mail', answer: [421, '4.7.0 too many connections'] }],
        ['cuts the line', { at: 'rcpt', cut: true }],
      ])('tries again until it is taken, and says why it waits: it %s', async (_name, step) => {
        smtp.behave(step);
        await startQuickly();
        await gate.authorize(authorizationOf());
        expect(await gate.types(3)).toEqual(['attempted', 'deferred', 'deferred']);
        smtp.behave('accept');
        expect(await gate.types(4)).toEqual(['attempted', 'deferred', 'deferred', 'executed']);
        const [, first, second] = await gate.said();
        expect([first?.data, second?.data]).toMatchObject([{ tries: 1, failure: { retryable: true } }, { tries: 2, failure: { retryable: true } }]);
        expect(smtp.messages).toHaveLength(1);
      });

      it('can be undone meanwhile', async () => {
        smtp.behave(greylist);
        await startQuickly();
        await gate.authorize(authorizationOf());
        await gate.types(2);
        await gate.requestUndo(authorizationOf());
        expect((await gate.outcome()).types).toEqual(['attempted', 'deferred', 'undone']);
        smtp.behave('accept');
        await pause(1_500);
        expect((await gate.outcome()).types).toEqual(['attempted', 'deferred', 'undone']);
        expect(smtp.messages).toHaveLength(0);
      });

      it('goes on where it was after a restart, under the same authorisation', async () => {
        smtp.behave(greylist);
        await startQuickly();
        await gate.authorize(authorizationOf());
        await gate.types(2);
        await gate.stop();
        smtp.behave('accept');
        await startQuickly();
        expect((await gate.outcome()).types.filter((type) => type !== 'deferred')).toEqual(['attempted', 'executed']);
        expect(smtp.messages).toHaveLength(1);
      });

      it('ends when the authorisation does, and a later one may try again', async () => {
        smtp.behave(greylist);
        await startQuickly();
        await gate.authorize(authorizationOf({ expiresAt: inMs(900) }));
        const { data } = await gate.outcome();
        expect(data).toMatchObject({ authorizationId: 'auth_1', failure: { retryable: true } });
        smtp.behave('accept');
        await gate.authorize(authorizationOf({ authorizationId: 'auth_2' }));
        await eventually(async () => expect((await gate.said()).at(-1)?.data).toMatchObject({ authorizationId: 'auth_2', providerReference: expect.anything() as unknown }));
        expect(smtp.messages).toHaveLength(1);
      });
    });

    it('is given each mail once by two replicas that are both told of it, and neither calls unknown what the other is sending', async () => {
      smtp.behave({ at: 'dot', afterMs: 400 });
      await start();
      await start();
      const ids = Array.from({ length: 12 }, (_, n) => n);
      const told = ids.map((n) => authorizationOf({ actionId: `act_${n}`, authorizationId: `auth_${n}` }));
      for (const authorization of [...told, ...told]) await gate.authorize(authorization);
      for (const n of ids) await gate.outcome(`act_${n}`, 15_000);
      await pause(2_500);
      for (const n of ids) {
        const types = (await gate.said(`act_${n}`)).map(({ type }) => type);
        expect(new Set(types)).toEqual(new Set(['evt.action.attempted', 'evt.action.executed']));
      }
      expect(smtp.messages).toHaveLength(ids.length);
    });

    describe('that lost its answer', () => {
      beforeEach(async () => {
        smtp.behave('accept-then-drop');
        await start();
        await gate.authorize(authorizationOf());
        expect((await gate.outcome()).types).toEqual(['attempted', 'unknown']);
      });

      it('takes the owner’s word that it happened', async () => {
        await gate.reportOutcome(authorizationOf(), true, 'Ana has answered.');
        expect(await gate.types(3)).toEqual(['attempted', 'unknown', 'executed']);
        expect((await gate.said())[2]?.data).toMatchObject({ mode: 'live', summary: expect.stringContaining('says the operator, who looked. Ana has answered.') as unknown });
        await gate.reportOutcome(authorizationOf(), false);
        await pause(500);
        expect(await gate.types(3)).toHaveLength(3);
      });

      it('takes the owner’s word that it did not, and then it can be sent again', async () => {
        await gate.reportOutcome(authorizationOf(), false);
        expect(await gate.types(3)).toEqual(['attempted', 'unknown', 'failed']);
        expect((await gate.said())[2]?.data).toMatchObject({ failure: { code: 'reported_not_executed', retryable: true } });
        smtp.behave('accept');
        await gate.authorize(authorizationOf({ authorizationId: 'auth_2' }));
        expect(await gate.types(5)).toEqual(['attempted', 'unknown', 'failed', 'attempted', 'executed']);
      });

      it('does not take a word on another form', async () => {
        await gate.reportOutcome({ ...authorizationOf(), digest: 'sha256:other' }, true);
        await pause(500);
        expect(await gate.types(2)).toEqual(['attempted', 'unknown']);
      });
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
      expect(await gate.types(2)).toEqual(['attempted', 'deferred']);
      expect(JSON.stringify(await gate.said())).not.toContain('hunter2');
    });

    it('opens its breaker after repeated failures, spends nothing meanwhile, and closes it again', async () => {
      smtp.behave({ at: 'mail', cut: true });
      await start();
      for (const n of [1, 2, 3, 4, 5]) {
        await gate.authorize(authorizationOf({ actionId: `act_${n}`, authorizationId: `auth_${n}` }));
        expect(await gate.types(2, `act_${n}`)).toEqual(['attempted', 'deferred']);
      }
      smtp.behave('accept');
      await gate.authorize(authorizationOf({ actionId: 'act_6', authorizationId: 'auth_6' }));
      await pause(1_500);
      expect(await gate.said('act_6')).toEqual([]);
      expect((await gate.outcome('act_6', 20_000)).types).toEqual(['attempted', 'executed']);
      expect(smtp.messages).toHaveLength(1);
    });
  });
});
